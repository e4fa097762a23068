"""The guard: rules about the house itself. Each rule stands beside a test that shows it at work."""

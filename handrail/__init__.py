"""Handrail: the support operations platform."""

"""Check what people type; nothing else. Proofs at the door, one's own things, and the house's."""

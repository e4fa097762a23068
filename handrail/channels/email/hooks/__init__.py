"""What mail providers hand in by HTTP: mail that came, and what became of mail we sent.

`proofs` decides whether a call is the provider's, `providers` reads it into the shapes of `parcels`. The mail
itself is taken as the provider got it, in bytes; nothing of it is understood here.
"""

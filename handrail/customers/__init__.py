"""The people who write to us.

Nouns: person, organisation, identity (one address of a person on one channel). Stands on accounts; tickets
and the faces stand above. An address is who somebody claims to be until it is verified.
"""

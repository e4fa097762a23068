"""Stored files: bytes by their hash on disk, names and types in the database.

Nouns: stored file, signed link. `storing.store` keeps bytes durably before it returns; `serving.answer` is
the one file server: the type comes from the bytes, everything untrusted is a download. Who may see a file
is decided by the room that attached it.
"""

"""Identifiers: UUIDv7, so that rows made later sort later and indexes stay compact."""

from uuid import UUID

from uuid_utils.compat import uuid7 as _uuid7


def uuid7() -> UUID:
    """A new time-ordered identifier; unique across processes and hosts."""
    return _uuid7()

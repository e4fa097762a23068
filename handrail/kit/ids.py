"""Identifiers: UUIDv7, so that rows made later sort later and indexes stay compact."""

from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7 as _uuid7


def uuid7() -> UUID:
    """A new time-ordered identifier; unique across processes and hosts."""
    return _uuid7()


def uuid_or_none(text: str) -> UUID | None:
    """The identifier that somebody sent, or None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def uuid7_at(moment: datetime) -> UUID:
    """An identifier as it would have been made at that moment, for what is told afterwards."""
    seconds, rest = divmod(moment.timestamp(), 1)
    return _uuid7(int(seconds), int(rest * 1_000_000_000))

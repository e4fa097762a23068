"""Marks in the index: whose a text is and of which days, so that one index narrows by words, sight and time.

A mark is a word that nobody can write: the sign it begins with never gets through `words.plain`.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

#: How many days a span of each level has. Each is four times the one before: see `queries`.
DAYS = (1, 4, 16, 64, 256)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


def marks_of(*, scope: UUID, at: datetime) -> str:
    """All marks of a text of this moment, with blanks between them."""
    day = (at - _EPOCH) // _DAY
    spans = (f"~{level}.{day // days}" for level, days in enumerate(DAYS))
    return " ".join((scope_mark(scope), *spans))


def scope_mark(scope: UUID) -> str:
    """The end of an identifier tells apart well enough: the asking room narrows hits once more."""
    return f"~s{scope.hex[-12:]}"


def newest(level: int, *, at: datetime) -> str:
    """The present span of a level and the one before it, as part of a tsquery.

    What is dated ahead of the clock counts as present.
    """
    span = (at - _EPOCH) // _DAY // DAYS[level]
    return _any(f"~{level}.{each}" for each in (span - 1, span, span + 1))


def within(scopes: Iterable[UUID]) -> str:
    """Texts of any of these, as part of a tsquery."""
    return _any(sorted(scope_mark(scope) for scope in scopes))


def _any(marks: Iterable[str]) -> str:
    return "({})".format(" | ".join(f"'{mark}'" for mark in marks))

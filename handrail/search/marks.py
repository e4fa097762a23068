"""Marks in the index: whose a text is and of which days, so that one index narrows by words, sight and time.

A mark is a word that nobody can write: the sign it begins with never gets through `words.plain`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True)
class Newest:
    """The present span of a level, and the one before it where `before` is true."""

    level: int
    before: bool

    def days_until(self, at: datetime) -> float:
        """How many days it reaches back from this moment."""
        days = DAYS[self.level]
        return (at - _EPOCH) / _DAY % days + days * self.before

    def marks(self, at: datetime) -> str:
        """As part of a tsquery. What is dated ahead of the clock counts as present."""
        span = (at - _EPOCH) // _DAY // DAYS[self.level]
        return _any(f"~{self.level}.{each}" for each in range(span - self.before, span + 2))


def ladder(at: datetime) -> list[Newest]:
    """The newest days as the marks can tell them, ever more of them."""
    steps = [Newest(level=level, before=before) for level in range(len(DAYS)) for before in (False, True)]
    return sorted(steps, key=lambda step: step.days_until(at))


def within(scopes: Iterable[UUID]) -> str:
    """Texts of any of these, as part of a tsquery."""
    return _any(sorted(scope_mark(scope) for scope in scopes))


def _any(marks: Iterable[str]) -> str:
    return "({})".format(" | ".join(f"'{mark}'" for mark in marks))

"""Marks narrow the index by sight and by days."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from handrail.search.marks import DAYS, ladder, marks_of

HARBOUR = UUID("01900000-0000-7000-8000-00000000000a")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def carries(at: datetime, marks: str) -> bool:
    """Whether a text of this moment carries one of the marks."""
    return any(f"'{mark}'" in marks for mark in marks_of(scope=HARBOUR, at=at).split())


def test_each_step_holds_its_days_to_the_hour():
    for step in ladder(NOON):
        back = timedelta(days=step.days_until(NOON))
        assert carries(NOON - back + HOUR, step.marks(NOON))
        assert not carries(NOON - back - HOUR, step.marks(NOON))


def test_every_step_reaches_further_back():
    reaches = [step.days_until(NOON) for step in ladder(NOON)]

    assert len(reaches) == 2 * len(DAYS)
    assert all(one <= other for one, other in pairwise(reaches))
    assert reaches[-1] >= DAYS[-1]


def test_a_text_dated_ahead_of_the_clock_counts_as_present():
    assert all(carries(NOON + HOUR, step.marks(NOON)) for step in ladder(NOON))
    assert carries(NOON + timedelta(days=1), ladder(NOON)[0].marks(NOON))

"""Marks narrow the index by sight and by days."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from handrail.search.marks import DAYS, marks_of, newest

HARBOUR = UUID("01900000-0000-7000-8000-00000000000a")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_span_of_each_level_covers_at_least_its_days():
    for level, days in enumerate(DAYS):
        just_within = NOON - timedelta(days=days)
        marks = marks_of(scope=HARBOUR, at=just_within).split()
        assert any(f"'{mark}'" in newest(level, at=NOON) for mark in marks)


def test_a_span_of_each_level_ends():
    for level, days in enumerate(DAYS):
        marks = marks_of(scope=HARBOUR, at=NOON - timedelta(days=2 * days)).split()
        assert not any(f"'{mark}'" in newest(level, at=NOON) for mark in marks)

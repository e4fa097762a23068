"""On which days a rule falls, and at which moments, also where clocks are put on and back."""

from datetime import UTC, date, datetime, time
from itertools import islice, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.calendars.days_off import DaysOff
from handrail.tickets.recurring.queries import words_of
from handrail.tickets.recurring.rule import LAST, Rule, Unit, WhenOff, moment_of

MONDAY = date(2026, 11, 16)


def _days(unit: Unit, *, count: int = 4, **of_rule: Any) -> list[str]:
    rule = Rule(unit=unit, **{"starts_on": MONDAY, **of_rule})
    return [day.isoformat() for day in islice(rule.days(), count)]


@pytest.mark.parametrize(
    ("unit", "of_rule", "days"),
    [
        (Unit.DAY, {"interval": 3}, ["2026-11-16", "2026-11-19", "2026-11-22", "2026-11-25"]),
        (Unit.WEEK, {"weekdays": (0, 3)}, ["2026-11-16", "2026-11-19", "2026-11-23", "2026-11-26"]),
        (
            Unit.WEEK,
            {"interval": 2, "weekdays": (1,)},
            ["2026-11-17", "2026-12-01", "2026-12-15", "2026-12-29"],
        ),
        (Unit.WEEK, {}, ["2026-11-16", "2026-11-23", "2026-11-30", "2026-12-07"]),
        (Unit.MONTH, {"day": 31}, ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"]),
        (Unit.MONTH, {"day": 29}, ["2026-11-29", "2026-12-29", "2027-01-29", "2027-02-28"]),
        (Unit.MONTH, {"day": LAST}, ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"]),
        (Unit.MONTH, {"day": 1}, ["2026-12-01", "2027-01-01", "2027-02-01", "2027-03-01"]),
        (
            Unit.MONTH,
            {"weekdays": (4,), "nth": LAST},
            ["2026-11-27", "2026-12-25", "2027-01-29", "2027-02-26"],
        ),
        (
            Unit.MONTH,
            {"weekdays": (0,), "nth": 1, "interval": 2},
            ["2027-01-04", "2027-03-01", "2027-05-03", "2027-07-05"],
        ),
        (Unit.YEAR, {}, ["2026-11-16", "2027-11-16", "2028-11-16", "2029-11-16"]),
        (
            Unit.YEAR,
            {"starts_on": date(2028, 2, 29)},
            ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28"],
        ),
    ],
)
def test_a_rule_falls_on_its_days(unit, of_rule, days):
    assert _days(unit, **of_rule) == days


GERMAN = DaysOff(region="DE", weekends=True, own=("12-24",))
CHRISTMAS: dict[str, Any] = {"starts_on": date(2026, 12, 23), "off": GERMAN}


@pytest.mark.parametrize(
    ("when_off", "unit", "days"),
    [
        (WhenOff.STAY, Unit.DAY, ["2026-12-23", "2026-12-24", "2026-12-25", "2026-12-26"]),
        (WhenOff.SKIP, Unit.DAY, ["2026-12-23", "2026-12-28", "2026-12-29", "2026-12-30"]),
        (WhenOff.MOVE, Unit.DAY, ["2026-12-23", "2026-12-28", "2026-12-29", "2026-12-30"]),
        (WhenOff.SKIP, Unit.WEEK, ["2026-12-23", "2026-12-30", "2027-01-06", "2027-01-13"]),
    ],
)
def test_days_off_are_left_out_or_moved(when_off, unit, days):
    assert _days(unit, when_off=when_off, **CHRISTMAS) == days


def test_a_day_off_is_moved_to_the_next_working_day_and_what_is_behind_it_stays():
    rule: dict[str, Any] = {"starts_on": date(2026, 12, 25), "when_off": WhenOff.MOVE, "off": GERMAN}

    assert _days(Unit.WEEK, **rule) == ["2026-12-28", "2027-01-04", "2027-01-08", "2027-01-15"]


def test_how_often_in_all_counts_the_days_that_are_left():
    assert len(_days(Unit.DAY, count=99, times=5, when_off=WhenOff.SKIP, **CHRISTMAS)) == 5


def test_a_rule_ends_on_its_last_day_or_after_so_many():
    assert _days(Unit.DAY, ends_on=date(2026, 11, 17)) == ["2026-11-16", "2026-11-17"]
    assert _days(Unit.WEEK, times=2) == ["2026-11-16", "2026-11-23"]


def test_the_time_is_that_of_the_wall_when_clocks_change():
    eight: dict[str, Any] = {"at_time": time(8), "zone": "Europe/Berlin"}

    before, after = moment_of(date(2027, 3, 27), **eight), moment_of(date(2027, 3, 28), **eight)

    assert before == datetime(2027, 3, 27, 7, tzinfo=UTC)
    assert after == datetime(2027, 3, 28, 6, tzinfo=UTC)


def test_a_time_that_is_skipped_comes_as_much_later_and_one_that_comes_twice_counts_once():
    half_past_two: dict[str, Any] = {"at_time": time(2, 30), "zone": "Europe/Berlin"}

    assert moment_of(date(2027, 3, 28), **half_past_two) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert moment_of(date(2026, 10, 25), **half_past_two) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_lead_days_are_days_of_the_calendar():
    led = moment_of(date(2027, 3, 29), at_time=time(8), zone="Europe/Berlin", lead_days=3)

    assert led == datetime(2027, 3, 26, 7, tzinfo=UTC)


@given(
    unit=st.sampled_from(Unit),
    interval=st.integers(1, 30),
    day=st.one_of(st.none(), st.integers(1, 31), st.just(LAST)),
    starts_on=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
)
@settings(max_examples=60, deadline=None)
def test_days_ascend_begin_with_the_first_and_never_run_dry(unit, interval, day, starts_on):
    rule = Rule(unit=unit, interval=interval, day=day, starts_on=starts_on)
    days = list(islice(rule.days(), 12))

    assert len(days) == 12
    assert days[0] >= starts_on
    assert all(former < later for former, later in pairwise(days))
    assert list(islice(rule.days(after=days[3]), 3)) == days[4:7]


def test_a_rule_is_said_in_words():
    assert words_of(Rule(unit=Unit.DAY, starts_on=MONDAY)) == "Every day"
    fortnight = Rule(unit=Unit.WEEK, interval=2, weekdays=(0, 3), starts_on=MONDAY)
    assert words_of(fortnight) == "Every 2 weeks on Monday, Thursday"
    last_friday = Rule(unit=Unit.MONTH, weekdays=(4,), nth=LAST, starts_on=MONDAY)
    assert words_of(last_friday).strip() == "Every month on the last Friday"
    assert words_of(Rule(unit=Unit.YEAR, starts_on=MONDAY)) == "Every year on November 16"

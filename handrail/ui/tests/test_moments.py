"""Times are relative in lists, exact on hover, and in the viewer's zone and language."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from handrail.kit import clock
from handrail.ui import moments

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)  # a Wednesday


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    """The one thing stood still here is the clock on the wall."""
    monkeypatch.setattr(clock, "now", lambda: NOON)


def words(element: str) -> str:
    return element.split(">")[1].split("<")[0]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(seconds=-20), "in a moment"),
        (timedelta(minutes=12), "12 min ago"),
        (timedelta(minutes=-8), "in 8 min"),
        (timedelta(hours=3), "3 h ago"),
        (timedelta(hours=-2), "in 2 h"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=-1), "tomorrow"),
        (timedelta(days=3), "Sun"),
        (timedelta(days=40), "9 Oct"),
        (timedelta(days=400), "14 Oct 2025"),
    ],
)
def test_ago_says_it_as_people_do(before, expected):
    assert words(moments.ago(NOON - before)) == expected


def test_when_is_the_time_today_and_the_day_before_that():
    assert words(moments.when(NOON - timedelta(hours=2))) == "10:00"
    assert words(moments.when(NOON - timedelta(days=1))) == "yesterday"
    assert words(moments.when(NOON - timedelta(days=2))) == "Mon"


def test_today_is_today_where_the_viewer_is():
    late = datetime(2026, 11, 17, 23, 30, tzinfo=UTC)

    with timezone.override(ZoneInfo("Asia/Tokyo")):
        assert words(moments.when(late)) == "08:30"
    assert words(moments.when(late)) == "yesterday"


def test_the_exact_time_stands_on_hover_and_for_machines():
    with timezone.override(ZoneInfo("Europe/Berlin")):
        element = moments.ago(NOON - timedelta(minutes=12))

    assert element == (
        '<time datetime="2026-11-18T12:48:00+01:00" title="Wed 18 Nov 2026, 12:48" data-times-target="ago">'
        "12 min ago</time>"
    )


def test_german_readers_get_german_days():
    with translation.override("de"):
        assert words(moments.exact(NOON)) == "Mi. 18. Nov. 2026, 12:00"
        assert words(moments.day(date(2026, 11, 18))) == "18.11.2026"


def test_nothing_is_drawn_for_no_moment():
    assert [moments.ago(None), moments.when(None), moments.exact(None), moments.day(None)] == [""] * 4


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (timedelta(0), "0 min"),
        (timedelta(minutes=8), "8 min"),
        (timedelta(minutes=-12), "12 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=1, minutes=20), "1 h 20 min"),
        (timedelta(hours=14, minutes=20), "14 h"),
        (timedelta(days=3, hours=4), "3 d 4 h"),
        (timedelta(days=12, hours=4), "12 d"),
        (None, ""),
    ],
)
def test_a_span_names_its_largest_units(length, expected):
    assert moments.span(length) == expected

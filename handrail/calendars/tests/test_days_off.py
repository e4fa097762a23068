"""Days off: holidays of regions, weekends, dates of one's own."""

from datetime import date

import pytest
from django.utils import translation

from handrail.calendars import regions
from handrail.calendars.days_off import DaysOff, Unreadable, read_dates

EPIPHANY, MONDAY, SATURDAY = date(2026, 1, 6), date(2026, 11, 23), date(2026, 11, 21)


def test_a_part_of_a_country_has_holidays_that_the_country_has_not():
    assert DaysOff(region="DE-BY").cover(EPIPHANY)
    assert not DaysOff(region="DE").cover(EPIPHANY)
    assert DaysOff(region="DE").cover(date(2027, 1, 1))


def test_weekends_are_those_of_the_region():
    friday = date(2026, 11, 20)

    assert DaysOff(weekends=True).cover(SATURDAY)
    assert not DaysOff().cover(SATURDAY)
    assert DaysOff(region="EG", weekends=True).cover(friday)


def test_own_dates_are_of_one_year_or_of_every_year():
    off = DaysOff(own=read_dates("24.12., 2026-11-23 02-29"))

    assert off.own == ("02-29", "12-24", "2026-11-23")
    assert [off.cover(day) for day in (MONDAY, MONDAY.replace(year=2027))] == [True, False]
    assert [off.cover(date(year, 12, 24)) for year in (2026, 2031)] == [True, True]


@pytest.mark.parametrize("words", ["tomorrow", "2026-13-01", "31.2.", "12/24"])
def test_what_is_no_date_is_refused(words):
    with pytest.raises(Unreadable):
        read_dates(f"24.12. {words}")


def test_the_next_working_day_is_the_day_itself_or_the_first_that_is_not_off():
    off = DaysOff(region="DE", weekends=True)

    assert off.next_working(MONDAY) == MONDAY
    assert off.next_working(date(2026, 12, 25)) == date(2026, 12, 28)


def test_regions_are_named_in_the_readers_language():
    with translation.override("de"):
        assert ("DE", "Deutschland") in regions.countries()
    assert regions.parts_of("DE")["BY"]


@pytest.mark.parametrize("region", ["XX", "DE-XX", "de"])
def test_an_unknown_region_is_refused_and_has_no_holidays(region):
    with pytest.raises(regions.Unknown):
        regions.check(region)
    assert not DaysOff(region="XX").cover(date(2026, 1, 1))

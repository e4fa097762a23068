"""On which days something happens again, by a calendar on a wall: pure, and right when clocks are put on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil import rrule
from django.db import models
from django.utils.translation import gettext_lazy as _

from handrail.calendars.days_off import DaysOff
from handrail.tickets.planning import WallTime

#: The last of a month, whichever that is.
LAST = -1
#: A rule is not looked at further ahead than so many days of it.
MOST_DAYS = 10_000


class Unit(models.TextChoices):
    DAY = "day", _("days")
    WEEK = "week", _("weeks")
    MONTH = "month", _("months")
    YEAR = "year", _("years")


class WhenOff(models.TextChoices):
    """What becomes of a day of the rule on which nobody works."""

    STAY = "stay", _("It opens all the same")
    SKIP = "skip", _("Leave the day out")
    MOVE = "move", _("Move it to the next working day")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Every so many units, from a day on.

    weekdays: 0 is Monday; of a week those days, of a month or year with `nth` that one: 1 to 4, or LAST.
    day: of the month, or LAST; where the month is shorter its last one. Without either, the day it began on.
    starts_on, ends_on: both included; a day may be moved behind the end. times: how many days in all; None
    without end. off: on which days nobody works.
    """

    unit: Unit
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    day: int | None = None
    starts_on: date
    ends_on: date | None = None
    times: int | None = None
    when_off: WhenOff = WhenOff.STAY
    off: DaysOff = field(default_factory=DaysOff)

    def days(self, *, after: date | None = None) -> Iterator[date]:
        """The days of the rule in order; only those behind `after`."""
        every = islice(self._worked(), self.times)
        return (day for day in every if after is None or day > after)

    def _worked(self) -> Iterator[date]:
        """Each day once, without those off or moved on from them."""
        last = None
        for moment in islice(self._rrule(), MOST_DAYS):
            day = moment.date()
            if self.when_off == WhenOff.SKIP and self.off.cover(day):
                continue
            if self.when_off == WhenOff.MOVE:
                day = self.off.next_working(day)
            if day != last:
                yield day
            last = day

    def _rrule(self) -> rrule.rrule:
        return rrule.rrule(
            _FREQUENCIES[self.unit],
            interval=self.interval,
            dtstart=datetime.combine(self.starts_on, time()),
            until=datetime.combine(self.ends_on, time()) if self.ends_on else None,
            wkst=rrule.MO,
            **self._where(),
        )

    def _where(self) -> dict[str, Any]:
        """Which days of the unit, as the library calls them."""
        if self.unit == Unit.DAY:
            return {}
        if self.unit == Unit.WEEK:
            return {"byweekday": list(self.weekdays or (self.starts_on.weekday(),))}
        month = {"bymonth": self.starts_on.month} if self.unit == Unit.YEAR else {}
        if self.nth is not None and self.weekdays:
            return {**month, "byweekday": rrule.weekday(self.weekdays[0])(self.nth)}
        day = self.day or self.starts_on.day
        if day == LAST:
            return {**month, "bymonthday": LAST}
        return {**month, "bymonthday": list(range(min(day, 28), day + 1)), "bysetpos": LAST}


_FREQUENCIES: dict[Unit, Any] = {
    Unit.DAY: rrule.DAILY,
    Unit.WEEK: rrule.WEEKLY,
    Unit.MONTH: rrule.MONTHLY,
    Unit.YEAR: rrule.YEARLY,
}


def moment_of(day: date, *, at_time: time, zone: str, lead_days: int = 0) -> datetime:
    """When the ticket for this day opens: so many days before, at that time by the clock of that place."""
    return WallTime(wall=datetime.combine(day - timedelta(days=lead_days), at_time), zone=zone).moment

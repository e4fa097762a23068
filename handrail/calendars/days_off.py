"""Which days are off, and the next one that is not."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from handrail.calendars.regions import holidays_of, weekend_of

#: A working day is looked for no further ahead.
FURTHEST = 366
_ISO = re.compile(r"(?:([0-9]{4})-)?([0-9]{1,2})-([0-9]{1,2})")
_DOTS = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.(?:([0-9]{4}))?")
#: Any leap year: the 29th of February is a day of every year's list.
_LEAP = 2000


class Unreadable(Exception):
    """args[0] is no date."""


@dataclass(frozen=True, kw_only=True)
class DaysOff:
    """Days on which nobody works. region: whose public holidays; empty for none.

    own: further dates as `read_dates` gives them. weekends: those of the region, else Saturday and Sunday.
    """

    region: str = ""
    own: tuple[str, ...] = ()
    weekends: bool = False

    def cover(self, day: date) -> bool:
        """Whether nobody works on that day."""
        if self.weekends and day.weekday() in weekend_of(self.region):
            return True
        if day.isoformat() in self.own or day.isoformat()[5:] in self.own:
            return True
        return bool(self.region) and day in holidays_of(self.region, day.year)

    def next_working(self, day: date) -> date:
        """The day itself, or the first behind it that is not off; itself where there is none for a year."""
        ahead = (day + timedelta(days=each) for each in range(FURTHEST))
        return next((each for each in ahead if not self.cover(each)), day)


def read_dates(text: str) -> tuple[str, ...]:
    """Dates parted by commas or blanks: 2026-12-24, or 12-24 for every year; 24.12.2026 and 24.12. as well.

    Returns them as 2026-12-24 and 12-24, in order. Raises Unreadable.
    """
    return tuple(sorted({_read(word) for word in re.split(r"[\s,;]+", text) if word}))


def _read(word: str) -> str:
    if found := _ISO.fullmatch(word):
        year, month, day = found.groups()
    elif found := _DOTS.fullmatch(word):
        day, month, year = found.groups()
    else:
        raise Unreadable(word)
    try:
        read = date(int(year or _LEAP), int(month), int(day))
    except ValueError:
        raise Unreadable(word) from None
    return read.isoformat() if year else read.isoformat()[5:]

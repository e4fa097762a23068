"""What a value means: a whole number, a length of time, a stretch of the calendar in the asker's zone."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

#: PostgreSQL's bigint ends here.
LARGEST = 2**63 - 1
_AGE = re.compile(r"(\d{1,6})(min|m|h|d|w|mo|y)")
_UNITS = {
    "min": timedelta(minutes=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "mo": timedelta(days=30),
    "y": timedelta(days=365),
}
_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2}))?)?")
LONGEST_AGE = timedelta(days=365 * 100)
#: The stretches that have a name.
NAMED = (
    "today",
    "yesterday",
    "tomorrow",
    "this-week",
    "last-week",
    "next-week",
    "this-month",
    "last-month",
    "next-month",
    "this-year",
    "last-year",
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `begin` up to but not including `end`; aware, UTC."""

    begin: datetime
    end: datetime


def whole_number(text: str) -> int | None:
    """A whole number that the database can compare with; None for anything else."""
    bare = text.removeprefix("#")
    if not (bare.isascii() and bare.isdigit() and len(bare) < 20):
        return None
    number = int(bare)
    return number if number <= LARGEST else None


def age(text: str) -> timedelta | None:
    """A length of time: “30min”, “4h”, “7d”, “2w”, “3mo”, “1y”; None for anything else."""
    found = _AGE.fullmatch(text.lower())
    if not found:
        return None
    length = int(found[1]) * _UNITS[found[2]]
    return length if length <= LONGEST_AGE else None


def stretch(text: str, *, now: datetime, zone: tzinfo) -> Stretch | None:
    """A stretch of the calendar: “2026-11-01”, “2026-11”, “2026-11-01T14:30”, which is a minute, “today”."""
    try:
        borders = _named(text.lower(), now.astimezone(zone)) or _dated(text)
        if borders is None:
            return None
        begin, end = (border.replace(tzinfo=zone).astimezone(UTC) for border in borders)
    except (ValueError, OverflowError):
        return None
    return Stretch(begin, end)


def _dated(text: str) -> tuple[datetime, datetime] | None:
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
    first = datetime(year or 0, month or 0, day or 1, hour or 0, minute or 0)  # noqa: DTZ001 - the caller puts the zone
    if hour is not None:
        return first, first + timedelta(minutes=1)
    return (first, first + timedelta(days=1)) if day else (first, _month_after(first))


def _named(word: str, here: datetime) -> tuple[datetime, datetime] | None:
    today = datetime.combine(here.date(), time())
    days = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if word in days:
        begin = today + timedelta(days=days[word])
        return begin, begin + timedelta(days=1)
    which, _hyphen, unit = word.partition("-")
    step = {"this": 0, "last": -1, "next": 1}.get(which)
    if step is None or word not in NAMED:
        return None
    return _unit(unit, step, today)


def _unit(unit: str, step: int, today: datetime) -> tuple[datetime, datetime]:
    if unit == "week":
        begin = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return begin, begin + timedelta(weeks=1)
    if unit == "year":
        return datetime(today.year + step, 1, 1), datetime(today.year + step + 1, 1, 1)  # noqa: DTZ001 - as above
    begin = _month_after(today.replace(day=1), step)
    return begin, _month_after(begin)


def _month_after(first: datetime, step: int = 1) -> datetime:
    months = first.year * 12 + first.month - 1 + step
    return first.replace(year=months // 12, month=months % 12 + 1)

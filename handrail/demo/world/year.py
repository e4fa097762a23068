"""The shape of the year: when how many people write, the releases, the outage, the month before Christmas."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random

DAYS = 365
HOUR = 3600
#: Mails by weekday from Monday on, and by hour of the day in UTC: Europe's day, then America's, then Asia's.
BY_WEEKDAY = (1.34, 1.16, 1.09, 1.05, 0.94, 0.34, 0.26)
BY_HOUR = (
    0.30, 0.33, 0.33, 0.30, 0.32, 0.45, 0.85, 1.60, 2.10, 2.20, 2.05, 1.80,
    1.70, 1.95, 2.05, 1.95, 1.65, 1.25, 0.95, 0.85, 0.75, 0.60, 0.45, 0.35,
)  # fmt: skip
#: The desk grows by so much within the year.
GROWTH = 0.18
#: Nobody writes in the last moments before the end.
LAST_SECONDS = 300
ORDINARY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Something that made people write: a topic's share of all tickets, and its weight at a moment."""

    key: str
    topic: str
    share: float
    starts_at: datetime
    ends_at: datetime
    weight: Callable[[float], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A new version of the app."""

    version: str
    at: datetime


class Year:
    """The 365 days before `until`, with what happened in them."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self.starts_at = until - timedelta(days=DAYS)
        self.releases = (
            Release(version="4.0", at=self._workday(400, hour=6)),
            Release(version="4.1", at=self._workday(164, hour=6)),
            Release(version="4.2", at=self._workday(8, hour=6)),
        )
        self.outage_starts_at = self._workday(71, hour=6, minute=38)
        self.outage_ends_at = self.outage_starts_at + timedelta(hours=6, minutes=14)
        self.chapters = self._chapters()

    def version_at(self, at: int) -> str:
        """The version of the app that people used at that time, in seconds since 1970."""
        past = [release.version for release in self.releases if release.at.timestamp() <= at]
        return past[-1] if past else self.releases[0].version

    @property
    def outage(self) -> tuple[int, int]:
        """Start and end in seconds since 1970."""
        return int(self.outage_starts_at.timestamp()), int(self.outage_ends_at.timestamp())

    def rush(self, at: int) -> float:
        """How far the season is above the ordinary: 0.0 usually, about 1.1 before Christmas."""
        return season(datetime.fromtimestamp(at, UTC).date()) - 1

    def arrivals(self, *, count: int, seed: int) -> list[tuple[int, str]]:
        """Exactly `count` moments in seconds since 1970, in order, each with its special topic or ""."""
        dice = Random(f"{seed}:year")  # noqa: S311 - a story, not a secret
        special = [(chapter, round(count * chapter.share)) for chapter in self.chapters]
        ordinary = count - sum(number for _, number in special)
        found = self._drawn(dice, ordinary, ORDINARY, lambda _: 1.0)
        for chapter, number in special:
            found += self._drawn(dice, number, chapter.topic, _shape_of(chapter))
        return sorted(found)

    def _drawn(
        self, dice: Random, count: int, topic: str, shape: Callable[[int], float]
    ) -> list[tuple[int, str]]:
        first, hours = int(self.starts_at.timestamp()), DAYS * 24
        weights = [self._usual(first + hour * HOUR) * shape(first + hour * HOUR) for hour in range(hours)]
        sums = list(accumulate(weights))
        latest = first + hours * HOUR - LAST_SECONDS
        drawn = (
            first + bisect_right(sums, dice.random() * sums[-1]) * HOUR + dice.randrange(HOUR)
            for _ in range(count)
        )
        return [(at if at < latest else latest - dice.randrange(600), topic) for at in drawn]

    def _usual(self, at: int) -> float:
        """How many mails an hour brings in an ordinary year, relative to the mean."""
        moment = datetime.fromtimestamp(at, UTC)
        passed = (at - self.starts_at.timestamp()) / (DAYS * 86400)
        return (
            BY_WEEKDAY[moment.weekday()]
            * BY_HOUR[moment.hour]
            * season(moment.date())
            * (1 - GROWTH / 2 + GROWTH * passed)
        )

    def _workday(self, days_before: int, *, hour: int, minute: int = 0) -> datetime:
        """A Tuesday or Wednesday about so many days before the end."""
        day = (self.until - timedelta(days=days_before)).date()
        day += timedelta(days=1 - day.weekday()) if day.weekday() != 2 else timedelta(0)
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)

    def _chapters(self) -> tuple[Chapter, ...]:
        two, one = self.releases[2].at, self.releases[1].at
        down, up = self.outage_starts_at, self.outage_ends_at
        depot = two + timedelta(days=3)
        return (
            _chapter("blank-labels", "printer_blank", 0.012, two, self.until, _fading(5)),
            _chapter("depot-7", "scans_missing", 0.005, depot, self.until, _growing(4)),
            _chapter("app-closes", "app_crash", 0.016, one, one + timedelta(days=24), _fading(4)),
            _chapter("lost-columns", "import_columns", 0.006, one, one + timedelta(days=35), _fading(8)),
            _chapter("outage", "outage", 0.019, down, up + timedelta(hours=2), lambda day: 1.2 - day * 2.5),
        )


def season(day: date) -> float:
    """Parcels follow the calendar: December doubles, Christmas rests, January returns, summer is calm."""
    at = min(day.timetuple().tm_yday, 365)
    index = bisect_right(_SEASON_DAYS, at) - 1
    (left, low), (right, high) = _SEASON[index], _SEASON[min(index + 1, len(_SEASON) - 1)]
    return low if left == right else low + (high - low) * (at - left) / (right - left)


_SEASON = tuple(
    (date(2027, month, day).timetuple().tm_yday, level)
    for month, day, level in (
        (1, 1, 1.1), (1, 10, 1.15), (1, 31, 0.92), (3, 1, 0.95), (5, 1, 1.0), (7, 1, 0.93), (8, 1, 0.8),
        (9, 1, 0.97), (11, 1, 1.05), (11, 20, 1.2), (12, 1, 1.75), (12, 12, 2.1), (12, 21, 2.0),
        (12, 24, 0.9), (12, 25, 0.3), (12, 27, 0.95), (12, 31, 0.8),
    )
)  # fmt: skip
_SEASON_DAYS = [day for day, _ in _SEASON]


def _fading(days: float) -> Callable[[float], float]:
    return lambda day: math.exp(-day / days)


def _growing(days: float) -> Callable[[float], float]:
    return lambda day: min(1.0, 0.2 + day / days)


def _chapter(
    key: str, topic: str, share: float, starts: datetime, ends: datetime, weight: Callable[[float], float]
) -> Chapter:
    return Chapter(key=key, topic=topic, share=share, starts_at=starts, ends_at=ends, weight=weight)


def _shape_of(chapter: Chapter) -> Callable[[int], float]:
    """The chapter's weight in an hour; none outside of it."""
    start, end = int(chapter.starts_at.timestamp()), int(chapter.ends_at.timestamp())

    def shape(at: int) -> float:
        if not start - HOUR < at < end:
            return 0.0
        return max(0.0, chapter.weight(max(0, at - start) / 86400))

    return shape

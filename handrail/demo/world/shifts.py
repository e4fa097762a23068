"""When each colleague is at work: two stretches a day around lunch, weekends, holidays and leave."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from handrail.demo.world.nouns import Colleague

#: A stretch of work in seconds since 1970: its start and its end.
Stretch = tuple[int, int]

MORNING_HOURS = 4.0
LUNCH_HOURS = 0.5
AFTERNOON_HOURS = 4.0
#: Public holidays by site as (month, day); the few that move are left out.
HOLIDAYS = {
    "Rotterdam": {(1, 1), (4, 27), (12, 25), (12, 26)},
    "Toronto": {(1, 1), (7, 1), (12, 25), (12, 26)},
    "Manila": {(1, 1), (6, 12), (12, 25), (12, 30)},
}
#: Leave: its first day in the year, how many days later the next colleague goes, its length.
LEAVES = ((165, 12, 14), (40, 9, 7), (105, 6, 5), (262, 5, 5))


def stretches(one: Colleague, *, seed: int, first: date, last: date) -> list[Stretch]:
    """All stretches of work from the first to the last day, in order."""
    dice = Random(f"{seed}:shifts:{one.key}")  # noqa: S311 - a story, not a secret
    away = _days_away(one, dice, first, last)
    zone = ZoneInfo(one.timezone)
    found: list[Stretch] = []
    day = first
    while day <= last:
        if day not in away and _works_on(one, day):
            found += _stretches_of(one, day, zone, dice)
        day += timedelta(days=1)
    return found


def _works_on(one: Colleague, day: date) -> bool:
    """The weekly pattern; on every fourth weekend a colleague of the first tier takes a shift as well."""
    if (day.month, day.day) in HOLIDAYS[one.site]:
        return False
    if day.weekday() in one.weekdays:
        return True
    turn = (day.toordinal() // 7 + sum(map(ord, one.key))) % 4
    return day.weekday() > 4 and one.tier == 1 and turn == 0


def _days_away(one: Colleague, dice: Random, first: date, last: date) -> set[date]:
    """Two weeks in summer, three shorter ones, and some sick days; never all of a team, never in December."""
    away: set[date] = set()
    for year in range(first.year, last.year + 1):
        for start, apart, length in LEAVES:
            begin = date(year, 1, 1) + timedelta(days=start + one.turn % 7 * apart)
            away |= {begin + timedelta(days=number) for number in range(length)}
    span = (last - first).days + 1
    return away | {first + timedelta(days=dice.randrange(span)) for _ in range(6)}


def _stretches_of(one: Colleague, day: date, zone: ZoneInfo, dice: Random) -> list[Stretch]:
    late = dice.randrange(-6, 10) * 60
    begin = datetime.combine(day, time(one.starts_at), tzinfo=zone).timestamp() + late
    lunch = begin + MORNING_HOURS * 3600
    back = lunch + LUNCH_HOURS * 3600
    return [(int(begin), int(lunch)), (int(back), int(back + AFTERNOON_HOURS * 3600))]

"""A moment that somebody means: what the clock on their wall will show, and where it hangs."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: An answer is planned for so much later at least; before that it is simply sent.
LEAST_AHEAD = timedelta(minutes=5)
#: And no further ahead than this.
MOST_AHEAD = timedelta(days=366)
MORNING = time(8, 0)


class NotAhead(Exception):
    """The moment is past, too near, or too far away."""


@dataclass(frozen=True, kw_only=True)
class WallTime:
    """wall: naive, to the minute; its fold says which, of a time that comes twice. zone: as “Asia/Tokyo”."""

    wall: datetime
    zone: str

    @property
    def moment(self) -> datetime:
        """The instant in UTC. Of a time that comes twice the first; of one that is skipped, as much later."""
        return self.wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


def read(choice: str, typed: datetime | None, *, zone: str, at: datetime) -> WallTime:
    """What a choice of the menu means now: hour | tomorrow | monday | typed. Raises NotAhead."""
    here = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)
    walls = {
        "hour": (at + timedelta(hours=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None),
        "tomorrow": datetime.combine(here.date() + timedelta(days=1), MORNING),
        "monday": datetime.combine(here.date() + timedelta(days=7 - here.weekday()), MORNING),
        "typed": typed,
    }
    wall = walls.get(choice)
    if wall is None:
        raise NotAhead
    planned = WallTime(wall=wall.replace(second=0, microsecond=0), zone=zone)
    if not at + LEAST_AHEAD <= planned.moment <= at + MOST_AHEAD:
        raise NotAhead
    return planned

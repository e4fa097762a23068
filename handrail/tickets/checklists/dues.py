"""Until when: what a choice like “in three days” means for somebody's wall clock."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from handrail.tickets.planning import WallTime

#: A day ends then.
EVENING = time(17, 0)
READ = re.compile(r"([0-9]{1,3})([hd])")
#: What menus offer, the nearest first.
USUAL: dict[str, str | Promise] = {
    "0d": _("Today at 17:00"),
    "1d": _("Tomorrow at 17:00"),
    "2d": _("In two days"),
    "3d": _("In three days"),
    "7d": _("In a week"),
    "14d": _("In two weeks"),
    "30d": _("In thirty days"),
}


class Unreadable(Exception):
    """It says no moment."""


def is_readable(words: str) -> bool:
    """Whether it says a moment from now: “4h” or “3d”."""
    return READ.fullmatch(words) is not None


def moment(words: str, *, zone: str, at: datetime) -> datetime:
    """Hours from now; or the evening of so many days from now in that zone, never past. Raises Unreadable."""
    found = READ.fullmatch(words)
    if found is None:
        raise Unreadable
    count, unit = int(found[1]), found[2]
    if unit == "h":
        return at + timedelta(hours=count)
    today = at.astimezone(ZoneInfo(zone)).date()
    evening = WallTime(wall=datetime.combine(today + timedelta(days=count), EVENING), zone=zone)
    if evening.moment > at:
        return evening.moment
    return WallTime(wall=evening.wall + timedelta(days=1), zone=zone).moment


def typed(moment: datetime | None) -> str:
    """A moment as a field for moments takes it, by the reader's clock; empty for none."""
    return localtime(moment).strftime("%Y-%m-%dT%H:%M") if moment else ""

"""Lengths of time as people write them, and as they are written back."""

import re

from django.utils.translation import gettext as _

from handrail.tickets.models.time_entry import MOST_MINUTES

_HOURS = r"(?P<hours>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:h|hrs?|hours?|std\.?|stunden?)"
_MINUTES = r"(?P<minutes>\d{1,4})\s*(?:m|mins?|min\.|minutes?|minuten?)?"
_WORDS = re.compile(rf"(?:{_HOURS})?\s*(?:{_MINUTES})?", re.IGNORECASE)
_CLOCK = re.compile(r"(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d)")


class NoLength(ValueError):
    """No length of time, or none that can be entered; args[0] says why, in words."""


def minutes_in(text: str) -> int:
    """“1h 20m”, “80”, “1:20”, “1.5 h”: whole minutes. A bare number is minutes. Raises NoLength."""
    words = text.strip()
    found = _CLOCK.fullmatch(words) or _WORDS.fullmatch(words)
    if not words or found is None:
        raise NoLength(_("Write a time as 20m, 1h 20m, 1:20 or 1.5h."))
    hours = float((found["hours"] or "0").replace(",", "."))
    minutes = round(hours * 60) + int(found["minutes"] or 0)
    if minutes < 1:
        raise NoLength(_("One minute at least."))
    if minutes > MOST_MINUTES:
        raise NoLength(_("At most 24 hours at once: enter each day by itself."))
    return minutes


def length_of(minutes: int) -> str:
    """80 → “1 h 20 min”."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}

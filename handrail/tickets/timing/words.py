"""Entries of time in words."""

from typing import Any

from handrail.kit.ids import uuid_or_none
from handrail.tickets import events
from handrail.tickets.models import Activity
from handrail.tickets.timing.lengths import length_of


def time_was_and_now(fact: Any) -> tuple[str, str]:
    """A change of time, before and after."""
    match fact:
        case events.TimeChanged():
            return values_in_words(fact.was), values_in_words(fact.now)
        case events.TimeRemoved():
            return length_of(fact.minutes), ""
        case _:
            return "", length_of(fact.minutes)


def values_in_words(values: tuple[str, ...]) -> str:
    """What `TimeEntry.values` gave: the length, the activity and the note; empty once that was purged."""
    if not values:
        return ""
    minutes, activity_id, _day, note = values
    key = uuid_or_none(activity_id)
    activity = Activity.objects.filter(pk=key).first() if key else None
    return ", ".join(
        part for part in (length_of(int(minutes)), activity.words if activity else "", note) if part
    )

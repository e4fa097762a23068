"""Time in words, as the timeline tells it, and how each change of it is put back."""

from datetime import date, datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from handrail.team.models import Agent
from handrail.tickets import events, policies
from handrail.tickets.models import Activity, Ticket, TimeEntry
from handrail.tickets.queries.telling import name_deed
from handrail.tickets.timing import entering
from handrail.tickets.timing.lengths import length_of
from handrail.tickets.timing.words import values_in_words
from handrail.tickets.undoing import WAYS, Gone, Superseded, Way


def register() -> None:
    """Let the timeline tell these facts, and the history put them back."""
    name_deed(events.TimeEntered, icon="timer", words=_spent)
    name_deed(events.TimeChanged, icon="timer", words=_changed)
    name_deed(events.TimeRemoved, icon="timer-off", words=_removed)
    name_deed(events.TimePutBack, icon="undo-2", words=_put_back)
    WAYS.update(_WAYS)


def _spent(fact: events.TimeEntered) -> SafeString:
    said: dict[str, Any] = {"length": length_of(fact.minutes), "activity": fact.activity}
    if fact.activity:
        return format_html(_("spent <b>{length}</b> on it: {activity}"), **said)
    return format_html(_("spent <b>{length}</b> on it"), **said)


def _changed(fact: events.TimeChanged) -> SafeString:
    return format_html(_("changed the time spent to <b>{now}</b>"), now=values_in_words(fact.now))


def _removed(fact: events.TimeRemoved) -> SafeString:
    return format_html(_("removed <b>{length}</b> of time spent"), length=length_of(fact.minutes))


def _put_back(fact: events.TimePutBack) -> SafeString:
    return format_html(_("put back <b>{length}</b> of time spent"), length=length_of(fact.minutes))


def _entry(ticket: Ticket, fact: Any, *, removed: bool) -> TimeEntry | None:
    rows = TimeEntry.objects.filter(ticket=ticket.pk, pk=fact.entry_id, removed_at__isnull=not removed)
    return rows.first()


def _is_as_changed(ticket: Ticket, fact: Any) -> bool:
    entry = _entry(ticket, fact, removed=False)
    return entry is not None and entry.values == tuple(fact.now)


def _change_back(ticket: Ticket, fact: events.TimeChanged, by: Agent, at: datetime) -> None:
    minutes, activity_id, day, note = fact.was
    activity = Activity.objects.filter(pk=activity_id).first() if activity_id else None
    if activity_id and activity is None:
        raise Gone
    spent = entering.Spent(
        minutes=int(minutes), activity=activity, spent_on=date.fromisoformat(day), note=note
    )
    _as_owner(lambda: entering.change(ticket, fact.entry_id, spent, by=by, at=at))


def _as_owner(verb: Any) -> None:
    """Only whose it is changes it; for others it stands."""
    try:
        verb()
    except (entering.NotYours, entering.Gone):
        raise Superseded from None


_WAYS: dict[type[Any], Way] = {
    events.TimeEntered: Way(
        policy=policies.may_enter_time,
        stands=lambda ticket, fact: _entry(ticket, fact, removed=False) is not None,
        back=lambda ticket, fact, by, at: _as_owner(
            lambda: entering.remove(ticket, fact.entry_id, by=by, at=at)
        ),
    ),
    events.TimeChanged: Way(policy=policies.may_enter_time, stands=_is_as_changed, back=_change_back),
    events.TimeRemoved: Way(
        policy=policies.may_enter_time,
        stands=lambda ticket, fact: _entry(ticket, fact, removed=True) is not None,
        back=lambda ticket, fact, by, at: _as_owner(
            lambda: entering.put_back(ticket, fact.entry_id, by=by, at=at)
        ),
    ),
}

"""Time is entered on a ticket, changed, removed and put back by whose it is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from handrail.team.models import Agent
from handrail.tickets.events import TimeChanged, TimeEntered, TimeFact, TimePutBack, TimeRemoved
from handrail.tickets.models import Activity, Ticket, TimeEntry


class NotYours(Exception):
    """The entry is a colleague's."""


class Gone(Exception):
    """The entry was removed meanwhile, or stands already."""


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What somebody enters. minutes: at least one."""

    minutes: int
    activity: Activity | None = None
    spent_on: date
    note: str = ""


@transaction.atomic
def enter(ticket: Ticket, spent: Spent, *, by: Agent, key: UUID | None = None, at: datetime) -> TimeEntry:
    """Note the time. The same key again returns the entry that is there. Raises WentInto."""
    ticket.lock()
    ticket.mind_the_merge()
    if key and (again := TimeEntry.objects.filter(key=key).first()):
        return again
    entry = TimeEntry(ticket=ticket, agent=by, key=key, entered_at=at)
    _put(entry, spent)
    entry.save(force_insert=True)
    label = spent.activity.words if spent.activity else ""
    _tell(TimeEntered, ticket, entry, at=at, activity=label)
    return entry


@transaction.atomic
def change(ticket: Ticket, entry_id: UUID, spent: Spent, *, by: Agent, at: datetime) -> TimeEntry:
    """Enter it otherwise. Raises NotYours, Gone, WentInto."""
    entry = _held(ticket, entry_id, by=by, removed=False)
    was = entry.values
    _put(entry, spent)
    if entry.values != was:
        entry.save()
        _tell(TimeChanged, ticket, entry, at=at, was=was, now=entry.values)
    return entry


@transaction.atomic
def remove(ticket: Ticket, entry_id: UUID, *, by: Agent, at: datetime) -> TimeEntry:
    """Let it count no more. Raises NotYours, Gone, WentInto."""
    entry = _held(ticket, entry_id, by=by, removed=False)
    entry.removed_at = at
    entry.save(update_fields=["removed_at"])
    _tell(TimeRemoved, ticket, entry, at=at)
    return entry


@transaction.atomic
def put_back(ticket: Ticket, entry_id: UUID, *, by: Agent, at: datetime) -> TimeEntry:
    """Let a removed entry count again. Raises NotYours, Gone, WentInto."""
    entry = _held(ticket, entry_id, by=by, removed=True)
    entry.removed_at = None
    entry.save(update_fields=["removed_at"])
    _tell(TimePutBack, ticket, entry, at=at)
    return entry


def _held(ticket: Ticket, entry_id: UUID, *, by: Agent, removed: bool) -> TimeEntry:
    """The entry under its ticket's lock."""
    ticket.lock()
    ticket.mind_the_merge()
    entry = TimeEntry.objects.select_related("activity").filter(ticket=ticket.pk, pk=entry_id).first()
    if entry is None or (entry.removed_at is not None) != removed:
        raise Gone
    if entry.agent_id != by.pk:
        raise NotYours
    return entry


def _put(entry: TimeEntry, spent: Spent) -> None:
    entry.minutes, entry.spent_on, entry.note = spent.minutes, spent.spent_on, spent.note
    if entry.activity_id != (spent.activity.pk if spent.activity else None) or entry._state.adding:
        entry.put_under(spent.activity)


def _tell(kind: type[TimeFact], ticket: Ticket, entry: TimeEntry, *, at: datetime, **more: Any) -> None:
    ticket.tell(
        kind(
            ticket_id=ticket.pk,
            by_agent_id=entry.agent_id,
            entry_id=entry.pk,
            minutes=entry.minutes,
            at=at,
            **more,
        )
    )

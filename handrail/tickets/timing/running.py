"""A timer on a ticket: started, paused and entered by whose it is. Nothing runs that nobody started."""

from datetime import datetime

from django.db import transaction

from handrail.team.models import Agent
from handrail.tickets.models import Stopwatch, Ticket, TimeEntry
from handrail.tickets.models.stopwatch import changed
from handrail.tickets.timing.entering import Spent, enter


class Elsewhere(Exception):
    """One's timer is on another ticket."""


class NotThere(Exception):
    """There is no timer on this ticket; perhaps it was entered already."""


@transaction.atomic
def start(ticket: Ticket, *, by: Agent, at: datetime) -> Stopwatch:
    """Let it run on this ticket, from the beginning or on. Raises Elsewhere, WentInto."""
    ticket.lock()
    ticket.mind_the_merge()
    begun = Stopwatch.begin(ticket_id=ticket.pk, by=by, at=at)
    if begun.ticket_id != ticket.pk:
        raise Elsewhere
    begun.run(at=at)
    changed(by)
    return begun


@transaction.atomic
def pause(ticket: Ticket, *, by: Agent, at: datetime) -> Stopwatch:
    """Let it stand still. Raises NotThere."""
    found = _held(ticket, by=by)
    found.pause(at=at)
    changed(by)
    return found


@transaction.atomic
def drop(ticket: Ticket, *, by: Agent) -> None:
    """Take it away without entering anything. Raises NotThere."""
    _held(ticket, by=by).delete()
    changed(by)


@transaction.atomic
def enter_and_drop(ticket: Ticket, spent: Spent, *, by: Agent, at: datetime) -> TimeEntry:
    """Enter what its owner confirmed; it is gone. Raises NotThere, WentInto."""
    drop(ticket, by=by)
    return enter(ticket, spent, by=by, at=at)


def _held(ticket: Ticket, *, by: Agent) -> Stopwatch:
    found = Stopwatch.objects.select_for_update(of=("self",)).filter(agent=by, ticket=ticket.pk).first()
    if found is None:
        raise NotThere
    return found

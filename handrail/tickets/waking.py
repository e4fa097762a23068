"""Tickets whose time has come, or whose event has happened, are brought back by every worker's drain."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from handrail.kit import clock, drains
from handrail.tickets.models import Link, Ticket
from handrail.tickets.models.categories import TRASHED
from handrail.tickets.models.snooze import Snooze

#: Brought back in one transaction.
BATCH = 50


@drains.drain("snoozes")
def take_batch() -> int:
    """Those whose time has come first, by the clock of the database; returns how many were brought back."""
    with transaction.atomic():
        due = Snooze.objects.filter(until__lte=Now())
        settled = _wake(due, why="time")
        waiting = Snooze.objects.filter(_no_linked_ticket_is_live(), wakes_on=Snooze.Event.LINKED)
        return settled + _wake(waiting, why="linked")


def _wake(rows: "QuerySet[Snooze]", *, why: str) -> int:
    """A ticket that is awake already has no snooze any more."""
    rows = rows.exclude(hold__ticket__status=TRASHED)  # it wakes when it was brought back
    locked = rows.select_for_update(skip_locked=True, of=("self",)).order_by("until", "id")
    tickets: list[UUID] = list(locked.values_list("hold__ticket_id", flat=True)[:BATCH])
    for ticket in Ticket.objects.filter(pk__in=tickets):
        with suppress(Ticket.NotSnoozed):
            ticket.wake(by=None, why=why, at=clock.now())
    return len(tickets)


def _no_linked_ticket_is_live() -> Q:
    """Linked to the snoozed ticket in whatever way; with no link left there is nothing to wait for."""
    here = OuterRef("hold__ticket_id")
    live = Q(source=here, target__status__in=Ticket.LIVE) | Q(target=here, source__status__in=Ticket.LIVE)
    return ~Q(Exists(Link.objects.filter(live).order_by()))

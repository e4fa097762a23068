"""Tickets whose due date comes near, or has passed: every worker's drain tells it, each once."""

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from handrail.kit import clock, drains
from handrail.tickets.models import Ticket
from handrail.tickets.models.ticket.scheduling import AHEAD, Told

#: Told in one transaction.
BATCH = 100


@drains.drain("dues")
def take_batch() -> int:
    """By the clock of the database; of tickets that are done nothing is told. Returns how many were told."""
    near = Q(due_told=Told.NOTHING, due_at__lte=Now() + AHEAD)
    past = Q(due_at__lte=Now())
    rows = Ticket.objects.live().filter(near | past, due_told__lt=Told.PAST, due_at__lte=Now() + AHEAD)
    with transaction.atomic():
        tickets = list(
            rows.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "id")[:BATCH]
        )
        at = clock.now()
        for ticket in tickets:
            ticket.tell_of_due(at=at)
    return len(tickets)

"""A ticket has a moment until which it shall be done."""

from datetime import datetime

from django.db import models, transaction
from django.db.models import F, Q

from handrail.team.models import Agent
from handrail.tickets.events import TicketDueChanged
from handrail.tickets.models.categories import LIVE
from handrail.tickets.models.ticket.base import TicketBase

#: Lists sorted by it, months, and what is overdue.
DUE_INDEXES = [
    models.Index(F("due_at").asc(nulls_last=True), F("id").desc(), name="ticket_by_due"),
    models.Index(
        fields=["due_at"], condition=Q(status__in=LIVE, due_at__isnull=False), name="ticket_live_by_due"
    ),
]


class Scheduling(TicketBase):
    """A ticket can be given a due date, another one, and none again."""

    due_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transaction.atomic
    def fall_due(self, due_at: datetime | None, *, by: Agent | None, at: datetime) -> None:
        """It shall be done by then; None: whenever. The same again changes nothing."""
        was = self.due_at
        rows = type(self).objects.filter(pk=self.pk)
        other = rows.exclude(due_at=due_at) if due_at else rows.filter(due_at__isnull=False)
        if not other.update(due_at=due_at, updated_at=at):
            return
        self.due_at, self.updated_at = due_at, at
        agent_id = by.pk if by else None
        self.tell(TicketDueChanged(ticket_id=self.pk, by_agent_id=agent_id, was=was, now=due_at, at=at))

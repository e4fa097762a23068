"""A ticket has a priority."""

from datetime import datetime

from django.db import transaction

from handrail.team.models import Agent
from handrail.tickets.events import PriorityChanged
from handrail.tickets.models.ticket.base import TicketBase


class Prioritising(TicketBase):
    """A ticket can be made more or less urgent."""

    class Meta:
        abstract = True

    @transaction.atomic
    def prioritise(self, priority: TicketBase.Priority, *, by: Agent | None, at: datetime) -> None:
        """Set the priority; the same one again changes nothing."""
        was = self.priority
        rows = type(self).objects.filter(pk=self.pk).exclude(priority=priority)
        if not rows.update(priority=priority, updated_at=at):
            return
        self.priority = priority
        self.tell(
            PriorityChanged(
                ticket_id=self.pk, by_agent_id=by.pk if by else None, was=was, now=int(priority), at=at
            )
        )

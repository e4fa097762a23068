"""A ticket comes to its end."""

from datetime import datetime

from django.db import transaction

from handrail.team.models import Agent
from handrail.tickets.events import TicketClosed, TicketReopened
from handrail.tickets.models.closure import Closure
from handrail.tickets.models.ticket.base import TicketBase


class Closing(TicketBase):
    """A ticket can be closed, with a reason, and opened again."""

    class Meta:
        abstract = True

    class AlreadyClosed(Exception):
        """close() was called on a closed ticket."""

    class NotClosed(Exception):
        """reopen() was called on a ticket that is not closed."""

    @transaction.atomic
    def close(self, *, by: Agent | None, reason: str, at: datetime) -> Closure:
        """End the work. Raises AlreadyClosed when somebody was faster."""
        if not self.turn(self.Status.CLOSED, at=at, waiting_since=None):
            raise self.AlreadyClosed
        closure = Closure.objects.create(ticket_id=self.pk, by=by, reason=reason, at=at)
        self.tell(TicketClosed(ticket_id=self.pk, by_agent_id=by.pk if by else None, reason=reason, at=at))
        return closure

    @transaction.atomic
    def reopen(self, *, by: Agent, at: datetime) -> None:
        """Take the work up again. Raises NotClosed."""
        if not Closure.objects.filter(ticket_id=self.pk).delete()[0]:
            raise self.NotClosed
        self.turn(self.Status.OPEN, at=at)
        self.tell(TicketReopened(ticket_id=self.pk, by_agent_id=by.pk, at=at))

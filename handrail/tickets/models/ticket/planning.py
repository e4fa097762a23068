"""A ticket's planned answers can be moved to another moment."""

from datetime import datetime

from django.db import transaction

from handrail.team.models import Agent
from handrail.tickets.events import ReplyPlanned
from handrail.tickets.models.message import Message
from handrail.tickets.models.planned import PlannedReply
from handrail.tickets.models.ticket.replying import Replying
from handrail.tickets.planning import WallTime


class Planning(Replying):
    """An answer that waits for its moment gets another one, or leaves at once."""

    class Meta:
        abstract = True

    @transaction.atomic
    def plan(self, message: Message, *, when: WallTime | None, by: Agent, at: datetime) -> None:
        """Let a planned answer leave then; when None: now. Raises AlreadySent once it is on its way."""
        self.lock()
        rows = Message.objects.filter(pk=message.pk, ticket_id=self.pk, planned__isnull=False)
        due_at = when.moment if when else at
        if not rows.filter(due_at__gt=at, delivery=Message.Delivery.QUEUED).update(due_at=due_at):
            raise self.AlreadySent
        if when:
            PlannedReply.keep(message, when, by=by, at=at)
        self.tell(
            ReplyPlanned(ticket_id=self.pk, message_id=message.pk, by_agent_id=by.pk, due_at=due_at, at=at)
        )

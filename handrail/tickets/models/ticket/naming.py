"""A ticket has a subject, and a channel by which it is answered."""

from datetime import datetime

from django.db import transaction

from handrail.team.models import Agent
from handrail.tickets.events import AnsweringChannelChanged, SubjectChanged
from handrail.tickets.models.ticket.base import TicketBase


class Naming(TicketBase):
    """A ticket can be called otherwise and answered by another channel; the same again changes nothing."""

    class Meta:
        abstract = True

    @transaction.atomic
    def rename(self, subject: str, *, by: Agent | None, at: datetime) -> None:
        """Give it another subject."""
        was, now = self.subject, subject.strip()[:500]
        if not now or now == was:
            return
        self.change(at=at, subject=now)
        by_id = by.pk if by else None
        self.tell(SubjectChanged(ticket_id=self.pk, by_agent_id=by_id, was=was, now=now, at=at))

    @transaction.atomic
    def answer_by(self, channel: str, *, by: Agent | None, at: datetime) -> None:
        """From now on answers leave by this channel."""
        was = self.channel
        if channel == was:
            return
        self.change(at=at, channel=channel)
        by_id = by.pk if by else None
        self.tell(AnsweringChannelChanged(ticket_id=self.pk, by_agent_id=by_id, was=was, now=channel, at=at))

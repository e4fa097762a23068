"""A ticket takes in what somebody outside wrote."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from handrail.customers.models import Person
from handrail.files.models import StoredFile
from handrail.tickets.events import MessageReceived, TicketReopened
from handrail.tickets.inbound import Inbound
from handrail.tickets.models.attachment import Attachment
from handrail.tickets.models.message import Message, snippet_of
from handrail.tickets.models.ticket.base import TicketBase


class Receiving(TicketBase):
    """A ticket can receive a message from outside; a person's word opens it again."""

    class Meta:
        abstract = True

    @transaction.atomic(savepoint=False)  # always part of receiving.receive
    def receive(
        self,
        inbound: Inbound,
        *,
        author: Person,
        standing: Message.Standing,
        first: bool = False,
        home_id: UUID | None = None,
        stored: Sequence[StoredFile] = (),
        at: datetime,
    ) -> Message:
        """Keep the message and its files. A robot's word neither opens the ticket nor starts a wait.

        home_id: the merged ticket that it was written to. stored: files that are stored already.
        """
        message = Message.received(self, inbound, author=author, standing=standing, home_id=home_id, at=at)
        message.ticket = self  # type: ignore[assignment]  # every trait is part of Ticket
        Attachment.attach_inbound(message, inbound.files, at=at)
        if stored:
            Attachment.attach_stored(message, stored)
        if not first:  # a new ticket was opened with what its first message says
            self._feel_the_word(inbound, at=at)
        self.tell(MessageReceived.of(message, ticket=self, first=first))
        return message

    def _feel_the_word(self, inbound: Inbound, *, at: datetime) -> None:
        if inbound.automatic in Message.ROBOTS:
            self.change(at=at, last_received_at=at)
            return
        snippet = snippet_of(inbound.reply_text or inbound.text)
        since = self.waiting_since or at
        told: dict[str, Any] = {"last_received_at": at, "snippet": snippet}
        was_done = self.is_done
        if self.status in (self.Status.NEW, self.Status.OPEN):
            self.change(at=at, waiting_since=since, **told)
        else:
            self.turn(self.Status.OPEN, at=at, waiting_since=since, **told)
        if was_done:
            self.tell(TicketReopened(ticket_id=self.pk, by_agent_id=None, at=at))

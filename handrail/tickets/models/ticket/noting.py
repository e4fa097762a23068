"""Colleagues talk on a ticket."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.files.models import StoredFile
from handrail.team.models import Agent
from handrail.tickets.events import NoteWritten
from handrail.tickets.models.attachment import Attachment
from handrail.tickets.models.mention import Mention
from handrail.tickets.models.message import Message
from handrail.tickets.models.ticket.surviving import Surviving


class Noting(Surviving):
    """A ticket can carry notes that never leave the house."""

    class Meta:
        abstract = True

    @transaction.atomic
    def note(
        self,
        *,
        text: str,
        html: str = "",
        by: Agent,
        at: datetime,
        mentioned: Sequence[Agent] = (),
        files: Sequence[StoredFile] = (),
        key: UUID | None = None,
    ) -> Message:
        """Leave a note for colleagues. key: the same key again returns the note that is already there.

        Raises WentInto when the ticket was merged.
        """
        if key and (again := Message.objects.filter(key=key).first()):
            return again
        self.mind_the_merge()
        message = Message.written(self, Message.Kind.NOTE, text=text, html=html, by=by, key=key, at=at)
        Attachment.attach_stored(message, files)
        Mention.keep(message, mentioned, at=at)
        self.change(at=at)
        named = tuple(agent.pk for agent in mentioned)
        self.tell(
            NoteWritten(
                ticket_id=self.pk, message_id=message.pk, by_agent_id=by.pk, mentioned_ids=named, at=at
            )
        )
        return message

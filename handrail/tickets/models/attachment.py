"""Files on a message."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

from handrail.files import storing
from handrail.files.models import StoredFile
from handrail.kit import html, ids
from handrail.tickets.inbound import InboundFile

if TYPE_CHECKING:
    from handrail.tickets.models.message import Message


def content_id_of(stored_id: UUID) -> str:
    """How what a colleague writes refers to a picture of theirs, before it is sent and after."""
    return f"{stored_id.hex}@desk"


class Attachment(models.Model):
    """One file on one message. content_id: how the message's html refers to it."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    message = models.ForeignKey("tickets.Message", on_delete=models.CASCADE, related_name="attachments")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    inline = models.BooleanField(default=False)
    content_id = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ("id",)

    @classmethod
    def attach_inbound(cls, message: "Message", files: Iterable[InboundFile], *, at: datetime) -> None:
        """Store and attach what came with a message."""
        cls.attach_all([(message, cls.store_inbound([(list(files), at)])[0])])

    @classmethod
    def store_inbound(
        cls, batches: "Sequence[tuple[Sequence[InboundFile], datetime]]"
    ) -> "list[list[Attachment]]":
        """Store the files of many messages, each batch at its moment; their unsaved attachments."""
        bare = [(file.name, file.content, at) for files, at in batches for file in files]
        stored = iter(storing.store_all(bare))
        return [[cls._holding(next(stored), file) for file in files] for files, _at in batches]

    @classmethod
    def attach_all(cls, pairs: "Iterable[tuple[Message, list[Attachment]]]") -> None:
        """Put unsaved attachments on their messages."""
        found = [(message, each) for message, attachments in pairs for each in attachments]
        for message, attachment in found:
            attachment.message_id = message.pk
        Attachment.objects.bulk_create(attachment for _message, attachment in found)

    @classmethod
    def _holding(cls, stored: StoredFile, file: InboundFile) -> "Attachment":
        return cls(stored=stored, inline=file.inline, content_id=(file.content_id or "")[:255])

    @classmethod
    def attach_stored(cls, message: "Message", files: Sequence[StoredFile]) -> None:
        """Attach files that are stored already; what the message's html names is a picture inside it."""
        named = html.pictures_in(message.html)
        pairs = [(stored, content_id_of(stored.pk)) for stored in files]
        Attachment.objects.bulk_create(
            Attachment(message=message, stored=stored, inline=True, content_id=content_id)
            if content_id in named
            else Attachment(message=message, stored=stored)
            for stored, content_id in pairs
        )

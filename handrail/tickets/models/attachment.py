"""Files on a message."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from handrail.files import storing
from handrail.files.models import StoredFile
from handrail.kit import ids
from handrail.tickets.inbound import InboundFile

if TYPE_CHECKING:
    from handrail.tickets.models.message import Message


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
        Attachment.objects.bulk_create(
            Attachment(
                message=message,
                stored=storing.store(name=file.name, content=file.content, at=at),
                inline=file.inline,
                content_id=(file.content_id or "")[:255],
            )
            for file in files
        )

    @classmethod
    def attach_stored(cls, message: "Message", files: Sequence[StoredFile]) -> None:
        """Attach files that are stored already."""
        Attachment.objects.bulk_create(Attachment(message=message, stored=stored) for stored in files)

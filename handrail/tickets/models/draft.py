"""What an agent has begun to write on a ticket, kept on the server."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from handrail.files.models import StoredFile
from handrail.kit import ids
from handrail.team.models import Agent


class Draft(models.Model):
    """One unfinished answer or note of one agent on one ticket."""

    class Mode(models.TextChoices):
        REPLY = "reply", "reply"
        NOTE = "note", "note"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="drafts")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    mode = models.CharField(max_length=5, choices=Mode.choices, default=Mode.REPLY)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    files = models.ManyToManyField(StoredFile, related_name="+", blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "agent"], name="draft_is_one_each")]

    @classmethod
    def keep(cls, *, ticket_id: UUID, by: Agent, mode: str, text: str, html: str, at: datetime) -> "Draft":
        """Save what was typed so far."""
        draft, _ = cls.objects.update_or_create(
            ticket_id=ticket_id,
            agent=by,
            defaults={"mode": mode, "text": text, "html": html, "updated_at": at},
        )
        return draft

    @classmethod
    @transaction.atomic
    def add_file(cls, *, ticket_id: UUID, by: Agent, stored: StoredFile, at: datetime) -> "Draft":
        """Put a stored file with the draft, making one when there is none."""
        draft, _ = cls.objects.get_or_create(ticket_id=ticket_id, agent=by, defaults={"updated_at": at})
        draft.files.add(stored)
        return draft

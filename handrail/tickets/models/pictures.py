"""Consent to fetch pictures on other servers: a person's own, for one message or for all of one sender."""

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q

from handrail.kit import ids
from handrail.team.models import Agent


class PictureConsent(models.Model):
    """A colleague let pictures be shown. It counts for nobody else: whoever looks tells that they looked."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey("tickets.Message", on_delete=models.CASCADE, null=True, related_name="+")
    sender = models.CharField(max_length=320, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False, sender="") | (Q(message=None) & ~Q(sender="")),
                name="consent_is_for_a_message_or_a_sender",
            ),
            models.UniqueConstraint(
                fields=["agent", "message"], condition=Q(sender=""), name="one_consent_for_a_message"
            ),
            models.UniqueConstraint(
                fields=["agent", "sender"], condition=Q(message=None), name="one_consent_for_a_sender"
            ),
        ]

    @classmethod
    def give(cls, *, by: Agent, at: datetime, message_id: UUID | None = None, sender: str = "") -> None:
        """Let pictures of this message, or of this sender, be shown to this colleague."""
        row = PictureConsent(agent=by, message_id=message_id, sender=sender, at=at)
        PictureConsent.objects.bulk_create([row], ignore_conflicts=True)

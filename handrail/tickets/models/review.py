"""An answer that a colleague has read before it left."""

from datetime import datetime

from django.db import models

from handrail.kit import ids
from handrail.team.models import Agent
from handrail.tickets.models.message import Message


class Review(models.Model):
    """by: who let it leave. text: what its writer had asked for, where other words left; else empty."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="review")
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    at = models.DateTimeField()

    @classmethod
    def keep(cls, message: Message, *, by: Agent, text: str, asked_at: datetime, at: datetime) -> "Review":
        """Note who read it."""
        return cls.objects.create(message=message, by=by, text=text, asked_at=asked_at, at=at)

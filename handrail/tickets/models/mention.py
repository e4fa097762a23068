"""A colleague was named in a note."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models

from handrail.team.models import Agent
from handrail.tickets.models.message import Message


class Mention(models.Model):
    """It stays with the note, wherever that goes when tickets are merged or split."""

    id = models.BigAutoField(primary_key=True)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agent", "message"], name="colleague_is_named_once_in_a_note")
        ]

    @classmethod
    def keep(cls, message: Message, named: Sequence[Agent], *, at: datetime) -> None:
        """These were named in it."""
        rows = [Mention(message=message, agent=each, at=at) for each in named]
        Mention.objects.bulk_create(rows, ignore_conflicts=True)

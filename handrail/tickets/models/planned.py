"""An answer that leaves at a moment of the day its writer chose."""

from datetime import datetime

from django.db import models

from handrail.kit import ids
from handrail.team.models import Agent
from handrail.tickets.models.message import Message
from handrail.tickets.planning import WallTime


class PlannedReply(models.Model):
    """wall: what the writer's clock shows then, “2026-11-23T08:00”; the message's due_at is that instant."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="planned")
    wall = models.CharField(max_length=16)
    zone = models.CharField(max_length=50)
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    @classmethod
    def keep(cls, message: Message, when: WallTime, *, by: Agent, at: datetime) -> None:
        """Note the moment; a later one takes the place of the former."""
        meant = {"wall": when.wall.isoformat(timespec="minutes"), "zone": when.zone}
        cls.objects.update_or_create(message=message, defaults={**meant, "by": by, "at": at})

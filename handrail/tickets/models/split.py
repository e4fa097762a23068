"""A part of a ticket became a ticket of its own."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from handrail.kit import ids
from handrail.team.models import Agent


class Split(models.Model):
    """moved: the messages that went, each with its id, its `home` (or None) and its standing before."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    origin = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="splits")
    part = models.OneToOneField("tickets.Ticket", on_delete=models.CASCADE, related_name="split_from")
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    moved = models.JSONField(default=list)
    undone_by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin=models.F("part")), name="ticket_is_not_split_from_itself"
            )
        ]

    @classmethod
    def is_part_of(cls, *, part_id: UUID, origin_id: UUID) -> bool:
        """Whether the one ticket was split off the other and still stands."""
        return cls.objects.filter(part=part_id, origin=origin_id, undone_at=None).exists()

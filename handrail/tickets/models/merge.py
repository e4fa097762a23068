"""One ticket went into another: who did it, and everything that is needed to take it back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from handrail.kit import ids
from handrail.team.models import Agent


class Merge(models.Model):
    """batch: of those that were merged at once. was: how the merged ticket stood; see `restoring.stance_of`.

    took: what the survivor took over, `{"columns": {name: [was, now]}, "tags": […], "seats": […]}`, where of
    tags and seats (addresses) each is a pair: which, and whether it was new there. drafts: see `drafting`.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    batch = models.UUIDField()
    merged = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="merges")
    survivor = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="absorbed")
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    was = models.JSONField()
    took = models.JSONField(default=dict)
    drafts = models.JSONField(default=list)
    undone_by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="ticket_is_merged_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(merged=models.F("survivor")), name="ticket_is_not_merged_into_itself"
            ),
        ]
        indexes = [models.Index(fields=["batch"], name="merge_by_batch")]

    @classmethod
    def standing_in(cls, survivor_id: UUID) -> "models.QuerySet[Merge]":
        """Those into this ticket that nobody took back, the oldest first."""
        return cls.objects.filter(survivor=survivor_id, undone_at=None).order_by("id")

    def keep(self, **columns: Any) -> None:
        """Write down what the survivor took over."""
        type(self).objects.filter(pk=self.pk).update(**columns)
        for name, value in columns.items():
            setattr(self, name, value)

    def end(self, *, by: Agent, at: datetime) -> None:
        """It was taken back."""
        self.keep(undone_by=by, undone_at=at)

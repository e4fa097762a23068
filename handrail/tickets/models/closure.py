"""The end of a ticket: who closed it, why, when. Opening it again removes the row; the facts remember."""

from django.db import models

from handrail.kit import ids
from handrail.team.models import Agent


class Closure(models.Model):
    """One ticket is closed at most once at a time."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    ticket = models.OneToOneField("tickets.Ticket", on_delete=models.CASCADE, related_name="closure")
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="closure_has_a_reason")]

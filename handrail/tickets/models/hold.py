"""A ticket on hold: who put it there, what it waits for, since when. Whatever moves it on removes the row."""

from django.db import models

from handrail.kit import ids
from handrail.team.models import Agent


class Hold(models.Model):
    """One ticket is on hold at most once at a time."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    ticket = models.OneToOneField("tickets.Ticket", on_delete=models.CASCADE, related_name="held")
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="hold_has_a_reason")]

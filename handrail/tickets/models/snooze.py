"""A ticket on hold that comes back by itself: at a moment, or when something has happened."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handrail.kit import ids
from handrail.team.models import Agent
from handrail.tickets.models.hold import Hold
from handrail.tickets.planning import WallTime


class Snooze(models.Model):
    """until: the instant; wall and zone: what the clock of whoever chose it shows then.

    It ends with the hold: whatever takes the ticket up takes this away too, a customer's word first of all.
    """

    class Event(models.TextChoices):
        NONE = "", _("the time alone")
        REPLY = "reply", _("they answer")
        LINKED = "linked", _("every linked ticket is done")

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    hold = models.OneToOneField(Hold, on_delete=models.CASCADE, related_name="snooze")
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField(null=True)
    wall = models.CharField(max_length=16, blank=True)
    zone = models.CharField(max_length=50, blank=True)
    wakes_on = models.CharField(max_length=10, blank=True, choices=Event.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=False) | ~Q(wakes_on=""), name="snooze_has_an_end"
            )
        ]
        indexes = [models.Index(fields=["until"], condition=Q(until__isnull=False), name="snooze_by_end")]

    @classmethod
    def keep(cls, hold: Hold, *, until: WallTime | None, wakes_on: str, by: Agent, at: datetime) -> "Snooze":
        """A later one takes the place of the former."""
        meant = {
            "until": until.moment if until else None,
            "wall": until.wall.isoformat(timespec="minutes") if until else "",
            "zone": until.zone if until else "",
        }
        ends = {**meant, "wakes_on": wakes_on, "by": by, "at": at}
        return cls.objects.update_or_create(hold=hold, defaults=ends)[0]

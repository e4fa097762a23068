"""What stands in the way of mail just now: a server that is away, a domain that is slow or puts us off."""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F
from django.db.models.functions import Now

from handrail.kit import ids

#: Nothing is tried for so long after each trouble in a row; a server is looked at again soon, for all waits.
PAUSES = {
    "server": [timedelta(seconds=seconds) for seconds in (2, 5, 10, 20, 30)],
    "domain": [timedelta(seconds=seconds) for seconds in (30, 60, 120, 300, 600, 900)],
}
#: A domain that puts off fewer mails in a row may mean those mails only (greylisting).
PATIENCE = 3


class Obstacle(models.Model):
    """It exists only while there is trouble. until: nothing is tried before. name: empty: our own server."""

    class What(models.TextChoices):
        SERVER = "server", "server"
        DOMAIN = "domain", "domain"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    what = models.CharField(max_length=6, choices=What.choices)
    name = models.CharField(max_length=255, blank=True)
    since = models.DateTimeField()
    troubles = models.PositiveIntegerField(default=0)
    until = models.DateTimeField()
    last_error = models.CharField(max_length=500, blank=True)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["what", "name"], name="obstacle_is_known_once")]

    @classmethod
    def standing(cls, what: "Obstacle.What") -> "models.QuerySet[Obstacle, str]":
        """The names of what is not tried just now."""
        return cls.objects.filter(what=what, until__gt=Now()).values_list("name", flat=True)

    @classmethod
    def met(
        cls, what: "Obstacle.What", name: str, error: str, *, at: datetime, patient: bool = False
    ) -> "Obstacle":
        """Note one more trouble. patient: it counts only when there are several in a row."""
        found, _ = cls.objects.get_or_create(what=what, name=name, defaults={"since": at, "until": Now()})
        troubles = found.troubles + 1
        waits = not patient or troubles >= PATIENCE
        pauses = PAUSES[what]
        pause = pauses[min(troubles - 1, len(pauses) - 1)] if waits else timedelta(0)
        cls.objects.filter(pk=found.pk).update(
            troubles=F("troubles") + 1, until=Now() + pause, last_error=error[:500]
        )
        return found

    @classmethod
    def gone(cls, what: "Obstacle.What", names: set[str]) -> list[Self]:
        """Mail got through; returns the obstacles that stood there."""
        found = list(cls.objects.filter(what=what, name__in=names))
        if found:
            cls.objects.filter(pk__in=[each.pk for each in found]).delete()
        return found

    @classmethod
    def is_alarming(cls, obstacle_id: UUID, *, after: timedelta, at: datetime) -> bool:
        """Whether this stands for too long, asked with True as the answer once."""
        rows = cls.objects.filter(pk=obstacle_id, alarmed_at=None, since__lte=at - after)
        return bool(rows.update(alarmed_at=at))

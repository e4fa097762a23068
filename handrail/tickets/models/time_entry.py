"""Activities, and the time that somebody spent on a ticket."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import get_language

from handrail.accounts import audit
from handrail.accounts.models import User
from handrail.kit import ids
from handrail.team.models import Agent
from handrail.tickets.events import ActivityChanged
from handrail.tickets.models.decided import Decided

#: Nobody spends more on one ticket in one go, in minutes: a day.
MOST_MINUTES = 24 * 60


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Everything somebody decides about an activity. labels: by language, English at least."""

    labels: Mapping[str, str]
    billable: bool = False
    hourly_cost: Decimal | None = None
    position: int = 0


class Activity(Decided):
    """A kind of work that time is entered under."""

    DECIDED: ClassVar = ("labels", "billable", "hourly_cost", "position")
    CHANGED: ClassVar = ActivityChanged

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    labels = models.JSONField(default=dict)
    billable = models.BooleanField(default=False)
    hourly_cost = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(hourly_cost=None) | Q(hourly_cost__gte=0), name="activity_costs_nothing_or_more"
            )
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """What it is called in the reader's language, else in English."""
        return label_in(self.labels)

    @classmethod
    @transaction.atomic
    def make(cls, kind: Kind, *, by: User, at: datetime) -> "Activity":
        """A new activity."""
        made = cls(created_at=at)
        made._follow(kind)
        audit.record("activity.made", by=by, about=made, at=at)
        return made

    @transaction.atomic
    def change(self, kind: Kind, *, by: User, at: datetime) -> None:
        """Other words or another cost; what was entered under it keeps the cost it had."""
        was = self.decided
        self._follow(kind)
        self.tell_change(was, by=by, at=at)
        audit.record("activity.changed", by=by, about=self, at=at)

    @transaction.atomic
    def put_back(self, change_id: int, *, by: User, at: datetime) -> None:
        """As it was before that change. Raises Superseded."""
        was = self.decided
        self.take_up(change_id)
        self.save()
        self.tell_change(was, by=by, at=at)
        audit.record("activity.changed", by=by, about=self, at=at)

    @transaction.atomic
    def retire(self, *, by: User, at: datetime) -> None:
        """It is offered no more; what was entered under it stays."""
        self.retired_at = at
        self.save(update_fields=["retired_at"])
        audit.record("activity.retired", by=by, about=self, at=at)

    @transaction.atomic
    def bring_back(self, *, by: User, at: datetime) -> None:
        self.retired_at = None
        self.save(update_fields=["retired_at"])
        audit.record("activity.restored", by=by, about=self, at=at)

    def _follow(self, kind: Kind) -> None:
        self.labels, self.billable = dict(kind.labels), kind.billable
        self.hourly_cost, self.position = kind.hourly_cost, kind.position
        self.save()


class TimeEntries(models.QuerySet["TimeEntry"]):
    """Chains that start from entries of time."""

    def standing(self) -> "TimeEntries":
        """Not removed."""
        return self.filter(removed_at=None)


class TimeEntry(models.Model):
    """Minutes that somebody spent on a ticket on a day.

    home: the ticket it was entered on, while it lies on another because that one was merged; else None.
    billable, hourly_cost: of its activity when it was entered. key: of the press that entered it.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, related_name="time_entries", db_index=False
    )
    home = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", db_index=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300, blank=True)
    spent_on = models.DateField()
    billable = models.BooleanField(default=False)
    hourly_cost = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    key = models.UUIDField(null=True, unique=True)
    entered_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = TimeEntries.as_manager()

    class Meta:
        ordering = ("-spent_on", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__range=(1, MOST_MINUTES)), name="time_entry_is_a_minute_to_a_day"
            )
        ]
        indexes = [
            models.Index(fields=["ticket"], name="time_entry_by_ticket"),
            models.Index(fields=["home"], condition=Q(home__isnull=False), name="time_entry_by_home"),
            models.Index(fields=["spent_on"], condition=Q(removed_at=None), name="time_entry_by_day"),
            models.Index(fields=["agent", "spent_on"], name="time_entry_by_agent"),
        ]

    @property
    def values(self) -> tuple[str, ...]:
        """What of it somebody can change, as plain words: minutes, activity, day, note."""
        return str(self.minutes), str(self.activity_id or ""), self.spent_on.isoformat(), self.note

    def put_under(self, activity: Activity | None) -> None:
        """Count as this kind of work, at what it costs now; unsaved."""
        self.activity = activity
        self.billable = bool(activity and activity.billable)
        self.hourly_cost = activity.hourly_cost if activity else None


def label_in(labels: Mapping[str, str]) -> str:
    """The words in the reader's language, else in English."""
    language = get_language() or "en"
    return labels.get(language) or labels.get(language.partition("-")[0]) or labels.get("en", "")

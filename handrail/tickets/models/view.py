"""A saved view: a question about tickets, how its answer is shown, and for whom it is kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handrail.kit import ids
from handrail.search.language.tokens import LONGEST
from handrail.team.models import Agent, Team


class Views(models.QuerySet["View"]):
    """Chains that start from saved views."""

    def visible_to(self, agent: Agent) -> "Views":
        """One's own, those of one's teams, and everyone's; none that was deleted."""
        return self._for(agent).filter(deleted_at=None)

    def deleted_by(self, agent: Agent) -> "Views":
        """What somebody deleted of what this agent saw."""
        return self._for(agent).exclude(deleted_at=None)

    def _for(self, agent: Agent) -> "Views":
        mine = Q(audience=View.Audience.PERSON, owner=agent)
        ours = Q(audience=View.Audience.TEAM, team__in=agent.team_ids)
        return self.filter(mine | ours | Q(audience=View.Audience.EVERYONE))


class View(models.Model):
    """A question with a name. Who may see which tickets is asked anew whenever somebody looks."""

    class Audience(models.TextChoices):
        PERSON = "person", _("Me")
        TEAM = "team", _("A team")
        EVERYONE = "everyone", _("Everyone")

    class Shape(models.TextChoices):
        LIST = "list", _("List")
        BOARD = "board", _("Board")
        CALENDAR = "calendar", _("Calendar")

    class Grouping(models.TextChoices):
        NONE = "", _("Not grouped")
        STATUS = "status", _("Status")
        OWNER = "owner", _("Owner")
        PRIORITY = "priority", _("Priority")
        TEAM = "team", _("Team")

    class DatedBy(models.TextChoices):
        CREATED = "created", _("Opened")
        UPDATED = "updated", _("Last change")
        RECEIVED = "received", _("The customer’s last word")
        WAITING = "waiting", _("Waiting since")
        SNOOZED = "snoozed", _("Comes back")
        DUE = "due", _("Due")

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    name = models.CharField(max_length=100)
    text = models.CharField(max_length=LONGEST, blank=True)
    sort = models.CharField(max_length=100, blank=True)
    columns = models.JSONField(default=list)
    shape = models.CharField(max_length=10, choices=Shape.choices, default=Shape.LIST)
    #: One of Grouping, or a custom field as “field.key”.
    grouping = models.CharField(max_length=60, default=Grouping.NONE, blank=True)
    dated_by = models.CharField(max_length=10, choices=DatedBy.choices, default=DatedBy.CREATED)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PERSON)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    objects = Views.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(audience="team", team__isnull=False) | (~Q(audience="team") & Q(team=None)),
                name="view_of_a_team_names_it",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="view_has_a_name"),
        ]
        indexes = [
            models.Index(fields=["owner"], condition=Q(deleted_at=None), name="view_by_owner"),
            models.Index(fields=["audience"], condition=Q(deleted_at=None), name="view_by_audience"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """How it is called in an address."""
        return f"v-{self.pk.hex}"

    @classmethod
    def id_of(cls, key: str) -> UUID | None:
        """The id behind a key; None when it is none."""
        return ids.uuid_or_none(key.removeprefix("v-"))

    @classmethod
    def make(cls, *, by: Agent, at: datetime, **columns: Any) -> "View":
        """Keep a view."""
        return cls.objects.create(owner=by, made_at=at, changed_at=at, **columns)

    @transaction.atomic
    def change(self, *, by: Agent, at: datetime, **columns: Any) -> None:
        """Keep it otherwise. Whoever changes a view whose owner has left is its owner from then on."""
        if not self.owner.user.is_active:
            columns["owner"] = by
        type(self).objects.filter(pk=self.pk).update(changed_at=at, **columns)
        self.refresh_from_db()

    def copy(self, *, by: Agent, name: str, at: datetime) -> "View":
        """The same for this agent alone."""
        same = ("text", "sort", "columns", "shape", "grouping", "dated_by")
        return type(self).make(by=by, at=at, name=name, **{column: getattr(self, column) for column in same})

    def delete_for_now(self, *, at: datetime) -> None:
        """Take it away from everybody; `restore` brings it back."""
        type(self).objects.filter(pk=self.pk).update(deleted_at=at)

    def restore(self) -> None:
        """Bring it back as it was, with everybody's arrangement of it."""
        type(self).objects.filter(pk=self.pk).update(deleted_at=None)


class ViewCount(models.Model):
    """How many tickets a view held when somebody last looked, where counting reads tickets and more.

    number: None when counting took too long. eyes: a digest of what the agent could see then. took: in
    milliseconds.
    """

    view = models.ForeignKey(View, on_delete=models.CASCADE, related_name="known_counts")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    number = models.IntegerField(null=True)
    eyes = models.CharField(max_length=16)
    took = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "view"], name="view_is_counted_once_each")]


class Arrangement(models.Model):
    """How one agent keeps a view: pinned or not, where, and with columns and an order of their own.

    columns and sort: None where the view's own count.
    """

    view = models.ForeignKey(View, on_delete=models.CASCADE, related_name="arrangements")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    pinned = models.BooleanField(default=False)
    position = models.IntegerField(default=0)
    columns = models.JSONField(null=True)
    sort = models.CharField(max_length=100, null=True)  # noqa: DJ001 - None and empty differ here

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "view"], name="arrangement_is_one_each")]

    @classmethod
    def keep(cls, *, view_id: UUID, agent: Agent, **columns: Any) -> None:
        """Remember how this agent keeps the view."""
        cls.objects.update_or_create(view_id=view_id, agent=agent, defaults=columns)

    @classmethod
    @transaction.atomic
    def put_in_order(cls, view_ids: Sequence[UUID], *, agent: Agent) -> None:
        """Keep these views in this order; pinned ones stay before the others."""
        rows = [
            Arrangement(view_id=each, agent=agent, position=place) for place, each in enumerate(view_ids, 1)
        ]
        Arrangement.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["agent", "view"], update_fields=["position"]
        )

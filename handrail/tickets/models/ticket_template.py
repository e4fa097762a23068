"""Ticket templates: what a new ticket of some kind always begins with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from handrail.accounts.models import Brand
from handrail.fields.field import Value
from handrail.kit import ids
from handrail.team.models import Agent, Team
from handrail.tickets.models.retirable import Retirable


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """Everything somebody can decide about a template.

    subject, text, html: with the names that macros know. actions: pairs of key and value, as `doing` keeps
    them. fields: values by key, as they are kept. owner, team: whose it is; everybody's when both are None.
    """

    name: str
    about: str = ""
    way: str
    mode: str
    subject: str = ""
    text: str = ""
    html: str = ""
    actions: Sequence[Sequence[str]] = ()
    fields: Mapping[str, Value] = field(default_factory=dict)
    brand: Brand | None = None
    owner: Agent | None = None
    team: Team | None = None


class TicketTemplates(models.QuerySet["TicketTemplate"]):
    """Chains that start from templates."""

    def visible_to(self, agent: Agent) -> "TicketTemplates":
        """One's own, those of one's teams, and everybody's, for one's brands; the retired ones too."""
        whose = Q(owner=agent) | Q(owner=None, team=None) | Q(owner=None, team__in=agent.team_ids)
        return self.filter(whose, Q(brand=None) | Q(brand__in=agent.brand_ids))

    def in_use(self) -> "TicketTemplates":
        return self.filter(retired_at=None)


class TicketTemplate(Retirable):
    """How tickets of one kind begin, under a name."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    name = models.CharField(max_length=100)
    about = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=20)
    mode = models.CharField(max_length=4)
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    actions = models.JSONField(default=list)
    fields = models.JSONField(default=dict)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="+")
    made_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = TicketTemplates.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="ticket_template_has_a_name"),
            models.CheckConstraint(
                condition=Q(owner=None) | Q(team=None), name="ticket_template_is_a_persons_or_a_teams"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def make(cls, beginning: Beginning, *, by: Agent, at: datetime) -> "TicketTemplate":
        """A new template."""
        template = cls(made_by=by, created_at=at)
        template._follow(beginning, at=at)
        return template

    @transaction.atomic
    def rewrite(self, beginning: Beginning, *, at: datetime) -> None:
        """Another beginning under the same id; tickets that began with it stay as they are."""
        self._follow(beginning, at=at)

    def value_of(self, key: str) -> str:
        """What an action of this key sets; several parted by commas."""
        return ", ".join(value for name, value in self.actions if name == key)

    def _follow(self, beginning: Beginning, *, at: datetime) -> None:
        plain = ("name", "about", "way", "mode", "subject", "text", "html", "brand", "owner", "team")
        for name in plain:
            setattr(self, name, getattr(beginning, name))
        self.actions = [list(pair) for pair in beginning.actions]
        self.fields = dict(beginning.fields)
        self.updated_at = at
        self.save()

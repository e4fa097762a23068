"""Ready checklists, put onto a ticket with one choice."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q

from handrail.kit import ids
from handrail.team.models import Agent, Team
from handrail.tickets.models.checklist import LONGEST_TITLE
from handrail.tickets.models.retirable import Retirable


@dataclass(frozen=True, kw_only=True)
class Step:
    """One task of a template. due: so long after it was put on a ticket, as “4h” or “3d”."""

    text: str
    due: str = ""
    required: bool = True


class ChecklistTemplates(models.QuerySet["ChecklistTemplate"]):
    """Chains that start from templates."""

    def visible_to(self, agent: Agent) -> "ChecklistTemplates":
        """Everybody's, and those of the agent's teams; the retired ones too."""
        return self.filter(Q(team=None) | Q(team__in=agent.team_ids))

    def in_use(self) -> "ChecklistTemplates":
        return self.filter(retired_at=None)


class ChecklistTemplate(Retirable):
    """Tasks under a name. What was put on a ticket is the ticket's own, whatever becomes of the template."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    name = models.CharField(max_length=LONGEST_TITLE)
    items = models.JSONField(default=list)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="+")
    made_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = ChecklistTemplates.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="checklist_template_has_a_name")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def make(
        cls, *, name: str, steps: Sequence[Step], team: Team | None, by: Agent, at: datetime
    ) -> "ChecklistTemplate":
        """A new template."""
        items = [asdict(step) for step in steps]
        return cls.objects.create(name=name, items=items, team=team, made_by=by, created_at=at, updated_at=at)

    def rewrite(self, *, name: str, steps: Sequence[Step], team: Team | None, at: datetime) -> None:
        """Other tasks under the same id; checklists that were made from it stay as they are."""
        self.name, self.team, self.updated_at = name, team, at
        self.items = [asdict(step) for step in steps]
        self.save(update_fields=["name", "team", "items", "updated_at"])

    @property
    def steps(self) -> list[Step]:
        return [Step(**each) for each in self.items]

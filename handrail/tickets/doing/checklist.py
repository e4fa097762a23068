"""Put a ready checklist on the ticket."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.kit.ids import uuid_or_none
from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.checklists import putting
from handrail.tickets.checklists.holding import TooMany
from handrail.tickets.doing.action import Action, Change, Unfit
from handrail.tickets.models import ChecklistTemplate, Ticket


class PutChecklist(Action):
    """One of the templates that whoever does it may use."""

    key = "checklist"
    label = gettext_lazy("Put on a checklist")
    icon = "list-checks"
    policy = policies.may_change

    def __init__(self, template: ChecklistTemplate) -> None:
        self.value, self.template = str(template.pk), template

    @classmethod
    def read(cls, value: str, *, by: Agent) -> Self:
        key = uuid_or_none(value)
        usable = ChecklistTemplate.objects.visible_to(by).in_use()
        template = usable.filter(pk=key).first() if key else None
        if template is None:
            raise Unfit(_("Choose a checklist from the list."))
        return cls(template)

    @classmethod
    def choices(cls, *, by: Agent) -> list[tuple[str, str]]:
        templates = ChecklistTemplate.objects.visible_to(by).in_use().order_by("name")
        return [(str(key), name) for key, name in templates.values_list("pk", "name")]

    @property
    def words(self) -> str:
        return _("Put on the checklist %(name)s") % {"name": self.template.name}

    @property
    def opens(self) -> Sequence[str]:
        return [step.text for step in self.template.steps if step.required]

    def change(self, ticket: Ticket) -> Change | None:
        if ticket.merged_into_id:
            raise Unfit(_("It was merged into another ticket."))
        return Change(what=_("Checklist"), was="", now=f"+ {self.template.name}")

    def do(self, ticket: Ticket, *, by: Agent, at: datetime) -> None:
        try:
            putting.put(ticket, self.template, by=by, at=at)
        except TooMany:
            raise Unfit(_("There are enough checklists on it.")) from None
        except Ticket.WentInto:
            raise Unfit(_("It was merged into another ticket.")) from None

"""Set the priority."""

from datetime import datetime
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.doing.action import Action, Change, Unfit
from handrail.tickets.models import Ticket


class SetPriority(Action):
    """To one of the four."""

    key = "priority"
    label = gettext_lazy("Set the priority")
    icon = "signal-high"
    policy = policies.may_change

    def __init__(self, priority: Ticket.Priority) -> None:
        self.value, self.priority = str(int(priority)), priority

    @classmethod
    def read(cls, value: str, *, by: Agent) -> Self:
        if value not in map(str, Ticket.Priority.values):
            raise Unfit(_("Choose a priority from the list."))
        return cls(Ticket.Priority(int(value)))

    @classmethod
    def choices(cls, *, by: Agent) -> list[tuple[str, str]]:
        return [(str(int(each)), str(each.label)) for each in reversed(Ticket.Priority)]

    @property
    def words(self) -> str:
        return _("Set the priority to %(priority)s") % {"priority": self.priority.label}

    def change(self, ticket: Ticket) -> Change | None:
        if ticket.priority == self.priority:
            return None
        was = Ticket.Priority(ticket.priority).label
        return Change(what=_("Priority"), was=str(was), now=str(self.priority.label))

    def do(self, ticket: Ticket, *, by: Agent, at: datetime) -> None:
        ticket.prioritise(self.priority, by=by, at=at)

"""Set the due date, so long from the moment at which it is done."""

from datetime import datetime
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.checklists import dues
from handrail.tickets.doing.action import Action, Change, Unfit
from handrail.tickets.models import Ticket
from handrail.ui.moments import exact

NONE = "none"


class SetDue(Action):
    """To the evening of a day that many days ahead, by the clock of whoever does it; or to no date."""

    key = "due"
    label = gettext_lazy("Set the due date")
    icon = "calendar-clock"
    policy = policies.may_change

    def __init__(self, value: str) -> None:
        self.value = value

    @classmethod
    def read(cls, value: str, *, by: Agent) -> Self:
        if value != NONE and value not in dues.USUAL:
            raise Unfit(_("Choose a date from the list."))
        return cls(value)

    @classmethod
    def choices(cls, *, by: Agent) -> list[tuple[str, str]]:
        return [*((key, str(words)) for key, words in dues.USUAL.items()), (NONE, _("No due date"))]

    @property
    def words(self) -> str:
        if self.value == NONE:
            return _("Take the due date away")
        return _("Set the due date: %(when)s") % {"when": dues.USUAL[self.value]}

    def change(self, ticket: Ticket) -> Change | None:
        if self.value == NONE and ticket.due_at is None:
            return None
        was = str(exact(ticket.due_at).striptags()) if ticket.due_at else _("none")
        now = _("none") if self.value == NONE else str(dues.USUAL[self.value])
        return Change(what=_("Due date"), was=was, now=now)

    def do(self, ticket: Ticket, *, by: Agent, at: datetime) -> None:
        due_at = None if self.value == NONE else dues.moment(self.value, zone=by.user.timezone, at=at)
        ticket.fall_due(due_at, by=by, at=at)

"""Bring the ticket into a status."""

from datetime import datetime
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.doing.action import Action, Change, Unfit
from handrail.tickets.models import Ticket
from handrail.tickets.models.categories import Category
from handrail.tickets.reasons import USUAL, words_for

#: Where an action can bring a ticket; the others follow from what people write, or from a merge.
WHERE = (Category.OPEN, Category.HOLD, Category.SOLVED, Category.CLOSED)
LONGEST_REASON = 200


class SetStatus(Action):
    """Open, on hold, solved or closed; after a colon stands the reason for the middle and the last."""

    key = "status"
    label = gettext_lazy("Set the status")
    icon = "circle-check"
    policy = policies.may_close

    def __init__(self, status: Category, reason: str) -> None:
        self.status, self.reason = status, reason
        self.value = f"{status.value}:{reason}" if reason else status.value

    @classmethod
    def read(cls, value: str, *, by: Agent) -> Self:
        name, _colon, reason = value.partition(":")
        if name not in WHERE:
            raise Unfit(_("Choose a status from the list."))
        return cls(Category(name), reason.strip()[:LONGEST_REASON])

    @classmethod
    def choices(cls, *, by: Agent) -> list[tuple[str, str]]:
        closed = [(f"closed:{key}", f"{Category.CLOSED.label}: {words}") for key, words in USUAL.items()]
        return [(each.value, str(each.label)) for each in WHERE if each != Category.CLOSED] + closed

    @property
    def words(self) -> str:
        named = _("Set the status to %(status)s") % {"status": self.status.label}
        return f"{named} ({words_for(self.reason)})" if self.reason else named

    def change(self, ticket: Ticket) -> Change | None:
        if ticket.status == self.status:
            return None
        self._mind_the_merge(ticket)
        was = Category(ticket.status).label
        return Change(what=_("Status"), was=str(was), now=str(self.status.label))

    def do(self, ticket: Ticket, *, by: Agent, at: datetime) -> None:
        if ticket.status == self.status:
            return
        self._mind_the_merge(ticket)
        reason = self.reason or str(self.label)
        if self.status == Category.SOLVED:
            ticket.solve(by=by, at=at)
        elif self.status == Category.CLOSED:
            ticket.close(by=by, reason=self.reason or "solved", at=at)
        elif self.status == Category.HOLD:
            ticket.hold(by=by, reason=reason, at=at)
        else:
            self._open(ticket, by=by, at=at)

    def _open(self, ticket: Ticket, *, by: Agent, at: datetime) -> None:
        if ticket.is_done:
            ticket.reopen(by=by, at=at)
        elif ticket.status == Category.HOLD:
            ticket.take_up(by=by, at=at)
        else:
            ticket.turn(Category.OPEN, at=at)

    def _mind_the_merge(self, ticket: Ticket) -> None:
        if ticket.status == Category.MERGED:
            raise Unfit(_("It was merged into another ticket."))

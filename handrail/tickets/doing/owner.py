"""Give the ticket to somebody."""

from datetime import datetime
from typing import Self

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.doing.action import Action, Change, Unfit
from handrail.tickets.models import Ticket
from handrail.tickets.models.ticket.assigning import Assigning

ME, NOBODY = "me", "nobody"


class GiveTo(Action):
    """To whoever does it, to a colleague, or back to the team."""

    key = "owner"
    label = gettext_lazy("Give it to")
    icon = "user-round-check"
    policy = policies.may_assign

    def __init__(self, value: str, owner: Agent | None) -> None:
        self.value, self.owner = value, owner

    @classmethod
    def read(cls, value: str, *, by: Agent) -> Self:
        if value in (ME, NOBODY):
            return cls(value, by if value == ME else None)
        owner = next((each for each in _colleagues_of(by) if str(each.pk) == value), None)
        if owner is None:
            raise Unfit(_("Choose somebody from the list."))
        return cls(value, owner)

    @classmethod
    def choices(cls, *, by: Agent) -> list[tuple[str, str]]:
        everybody = [(str(pk), name) for pk, name in _colleagues_of(by).values_list("pk", "name")]
        return [(ME, _("Whoever does it")), (NOBODY, _("Nobody: back to the team")), *everybody]

    @property
    def words(self) -> str:
        if self.owner is None:
            return _("Give it back to the team")
        if self.value == ME:
            return _("Take it")
        return _("Give it to %(who)s") % {"who": self.owner.name}

    def change(self, ticket: Ticket) -> Change | None:
        if ticket.owner_id == (self.owner.pk if self.owner else None):
            return None
        self._mind_the_brand(ticket)
        was = ticket.owner.name if ticket.owner else _("nobody")
        return Change(what=_("Owner"), was=was, now=self.owner.name if self.owner else _("nobody"))

    def do(self, ticket: Ticket, *, by: Agent, at: datetime) -> None:
        self._mind_the_brand(ticket)
        try:
            ticket.assign(self.owner, by=by, order_id=self.order_id, at=at)
        except Assigning.OwnerChanged:
            raise Unfit(_("Somebody else gave it away meanwhile.")) from None

    def _mind_the_brand(self, ticket: Ticket) -> None:
        if self.owner and ticket.brand_id not in self.owner.brand_ids:
            raise Unfit(_("%(who)s does not work for this brand.") % {"who": self.owner.name})


def _colleagues_of(by: Agent) -> "QuerySet[Agent]":
    return Agent.objects.visible_to(by).available().order_by("name")

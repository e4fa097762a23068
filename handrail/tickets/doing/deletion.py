"""Put the ticket into the trash."""

from datetime import datetime
from typing import ClassVar, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.doing.action import Action, Change, Unfit
from handrail.tickets.models import Ticket
from handrail.tickets.models.categories import TRASHED
from handrail.tickets.reasons import DELETING, words_for
from handrail.tickets.stages import stages


class Delete(Action):
    """For one of the usual reasons. A macro does not do it: whoever answers means to keep the ticket."""

    key = "delete"
    label = gettext_lazy("Delete it")
    icon = "trash-2"
    policy = policies.may_delete
    for_macros: ClassVar[bool] = False

    def __init__(self, reason: str) -> None:
        self.value = self.reason = reason

    @classmethod
    def read(cls, value: str, *, by: Agent) -> Self:
        if value not in DELETING:
            raise Unfit(_("Choose a reason from the list."))
        return cls(value)

    @classmethod
    def choices(cls, *, by: Agent) -> list[tuple[str, str]]:
        return [(key, str(words)) for key, words in DELETING.items()]

    @property
    def words(self) -> str:
        return _("Put it into the trash (%(reason)s)") % {"reason": words_for(self.reason)}

    def change(self, ticket: Ticket) -> Change | None:
        if ticket.merged_into_id is not None:
            raise Unfit(_("It was merged into another ticket."))
        if ticket.status == TRASHED:
            return None
        was = stages().of(ticket.status, ticket.stage_id).words
        return Change(what=_("Status"), was=was, now=_("in the trash"))

    def do(self, ticket: Ticket, *, by: Agent, at: datetime) -> None:
        try:
            ticket.trash(by=by, reason=self.reason, at=at)
        except Ticket.AnswerOnItsWay:
            raise Unfit(_("An answer has not left yet.")) from None
        except Ticket.WentInto:
            raise Unfit(_("It was merged into another ticket.")) from None
        except Ticket.InTrash:
            return

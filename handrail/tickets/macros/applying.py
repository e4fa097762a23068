"""A macro is used on a ticket: all of it, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.team.models import Agent
from handrail.tickets.doing import Action
from handrail.tickets.events import MacroUsed
from handrail.tickets.models import Ticket
from handrail.tickets.models.macro import Macro


@dataclass(frozen=True, kw_only=True)
class Use:
    """A macro whose words somebody sends. actions: what is done with them, without those struck out."""

    macro: Macro
    actions: Sequence[Action]
    struck: Sequence[int] = ()


@transaction.atomic
def use(ticket: Ticket, using: Use, *, by: Agent, message_id: UUID | None = None, at: datetime) -> None:
    """Do what the macro does. Raises doing.Unfit, and then nothing of it is done.

    message_id: the message that carries its words.
    """
    for action in using.actions:
        action.do(ticket, by=by, at=at)
    ticket.tell(
        MacroUsed(
            ticket_id=ticket.pk,
            by_agent_id=by.pk,
            macro_id=using.macro.pk,
            name=using.macro.name,
            message_id=message_id,
            struck=tuple(using.struck),
            at=at,
        )
    )

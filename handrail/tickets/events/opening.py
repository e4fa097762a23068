"""How a ticket came to be, where no message from outside made it."""

from dataclasses import dataclass
from uuid import UUID

from handrail.tickets.events.base import TicketFact


@dataclass(frozen=True, kw_only=True)
class TicketOpenedByHand(TicketFact):
    """A colleague opened it. way: phone | in_person | email, when we wrote first | internal.

    template: what the template it began with was called then; empty for none.
    """

    by_agent_id: UUID
    way: str
    template: str = ""

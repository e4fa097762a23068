"""What work on many tickets came to."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from handrail.events import Fact


@dataclass(frozen=True, kw_only=True)
class TicketsGiven(Fact):
    """Work on many tickets ended, or was stopped, and gave somebody so many. ticket_id: one of them."""

    about: ClassVar[str] = "order_id"
    order_id: UUID
    by_agent_id: UUID
    to_agent_id: UUID
    ticket_id: UUID
    tickets: int

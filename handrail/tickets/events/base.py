"""What every fact about a ticket has."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from handrail.events import Fact


@dataclass(frozen=True, kw_only=True)
class TicketFact(Fact):
    """A fact about one ticket."""

    about: ClassVar[str] = "ticket_id"
    ticket_id: UUID

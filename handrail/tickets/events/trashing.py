"""Tickets that were deleted, brought back, or removed for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from handrail.tickets.events.base import TicketFact


@dataclass(frozen=True, kw_only=True)
class TicketDeleted(TicketFact):
    """It was put into the trash."""

    personal: ClassVar[Mapping[str, object]] = {"reason": ""}
    by_agent_id: UUID | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class TicketRestored(TicketFact):
    """It came back out of the trash. by_agent_id None: the customer wrote again."""

    by_agent_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class TicketPurged(TicketFact):
    """It was removed for good, with its messages and files; its facts hold no words of people any more."""

    number: int

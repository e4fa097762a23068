"""How a ticket came to be, where no message from outside made it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
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


@dataclass(frozen=True, kw_only=True)
class TicketOpenedByPlan(TicketFact):
    """A recurring ticket opened it, for that day, year first."""

    personal: ClassVar[Mapping[str, object]] = {"day": ""}

    by_agent_id: UUID | None = None
    recurring_id: UUID
    name: str
    day: str


@dataclass(frozen=True, kw_only=True)
class RecurringMissed(TicketFact):
    """When the next one came this was still open. owner_id: whom the recurring ticket belongs to."""

    by_agent_id: UUID | None = None
    recurring_id: UUID
    name: str
    owner_id: UUID
    next_number: int


@dataclass(frozen=True, kw_only=True)
class RecurringTroubled(TicketFact):
    """It was opened, but something of its template could not be done. trouble: as RecurringRun keeps it."""

    personal: ClassVar[Mapping[str, object]] = {"trouble": ""}
    by_agent_id: UUID | None = None
    recurring_id: UUID
    name: str
    owner_id: UUID
    trouble: str

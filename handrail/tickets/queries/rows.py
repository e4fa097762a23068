"""A ticket in one glance: only the columns a row shows, in one query whatever the number of rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from handrail.team.models import Agent
from handrail.tickets.models import Ticket, Visit

_UNITS = (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket in one glance. waiting_since: since when the customer waits for a word from us."""

    id: UUID
    number: int
    subject: str
    snippet: str
    status: str
    priority: int
    channel: str
    waiting_since: datetime | None
    updated_at: datetime
    requester: str
    organisation: str | None
    owner_id: UUID | None
    owner: str | None
    was_read: bool

    @property
    def is_unread(self) -> bool:
        """The customer wrote since this agent last looked, and it is our turn."""
        return not self.was_read and self.status in ("new", "open")

    @property
    def is_done(self) -> bool:
        return self.status in Ticket.DONE

    def waits_for(self, at: datetime) -> timedelta | None:
        """How long they have waited: whole days, else whole hours, else whole minutes."""
        return whole_units(at - self.waiting_since) if self.waiting_since else None


def whole_units(length: timedelta) -> timedelta:
    """The length in its largest unit, cut: whole days, else whole hours, else whole minutes, at least one."""
    length = max(length, timedelta(minutes=1))
    unit = next(unit for unit in _UNITS if length >= unit)
    return length - length % unit


def rows_of(tickets: "QuerySet[Ticket]", *, agent: Agent) -> list[Row]:
    """These tickets, which the agent may see, as rows."""
    return [Row(*values) for values in columns_of(tickets, agent_id=agent.pk)]


def columns_of(tickets: "QuerySet[Ticket]", *, agent_id: UUID) -> "QuerySet[Ticket, Any]":
    """The columns of a Row, in its order. agent_id: who reads, for what is unread; may be a stand-in."""
    seen = Visit.objects.filter(agent=agent_id, ticket=OuterRef("pk"), at__gte=OuterRef("last_received_at"))
    return tickets.values_list(
        "id",
        "number",
        "subject",
        "snippet",
        "status",
        "priority",
        "channel",
        "waiting_since",
        "updated_at",
        "requester__name",
        "requester__organisation__name",
        "owner_id",
        "owner__name",
        Exists(seen),
    )

"""What else a customer asked us: the tickets of one requester."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from handrail.kit.prepared import Prepared
from handrail.team.models import Agent
from handrail.tickets.models import Ticket
from handrail.tickets.queries.rows import Row, rows_of
from handrail.tickets.queries.sight import eyes_of, seen_by, width_of

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Other:
    """Another ticket of the same requester, in one line."""

    number: int
    subject: str
    status: str
    updated_at: datetime


@dataclass(frozen=True, kw_only=True)
class History:
    """Other tickets of a requester. more: how many are left out."""

    open: list[Other]
    earlier: list[Other]
    more: int


def history_of(person_id: UUID, *, agent: Agent, apart_from: UUID | None = None) -> History:
    """The newest tickets this person opened that the agent may see; one query."""
    values = {"person": person_id, "apart_from": apart_from or UUID(int=0), **eyes_of(agent)}
    rows = [Other(*columns) for columns in _OTHERS.rows(shape=width_of(agent), **values)]
    open_ones = [row for row in rows if row.status in Ticket.LIVE][:SHOWN]
    earlier = [row for row in rows if row.status in Ticket.DONE][:SHOWN]
    return History(open=open_ones, earlier=earlier, more=len(rows) - len(open_ones) - len(earlier))


def _others(
    *,
    person: UUID,
    apart_from: UUID,
    agent: UUID,
    brands: list[UUID],
    teams: list[UUID],
    shape: tuple[str, ...],
) -> "QuerySet[Any, Any]":
    tickets = seen_by(agent=agent, brands=brands, teams=teams, width=shape).filter(requester=person)
    rows = tickets.exclude(pk=apart_from).order_by("-created_at")
    return rows.values_list("number", "subject", "status", "updated_at")[: SHOWN * 4]


_OTHERS = Prepared(_others)


def tickets_of_person(person_id: UUID, *, agent: Agent, limit: int = 100) -> list[Row]:
    """The newest tickets this person opened, as far as the agent may see them; one query."""
    tickets = Ticket.objects.visible_to(agent).filter(requester=person_id)
    return rows_of(tickets.order_by("-created_at")[:limit], agent=agent)

"""What else a customer asked us: the tickets of one requester."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.team.models import Agent
from handrail.tickets.models import Ticket
from handrail.tickets.queries.listing import Row, rows_of

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
    tickets = Ticket.objects.visible_to(agent).filter(requester=person_id)
    if apart_from:
        tickets = tickets.exclude(pk=apart_from)
    columns = tickets.order_by("-created_at").values_list("number", "subject", "status", "updated_at")
    rows = [Other(*values) for values in columns[: SHOWN * 4]]
    open_ones = [row for row in rows if row.status != "closed"][:SHOWN]
    earlier = [row for row in rows if row.status == "closed"][:SHOWN]
    return History(open=open_ones, earlier=earlier, more=len(rows) - len(open_ones) - len(earlier))


def tickets_of_person(person_id: UUID, *, agent: Agent, limit: int = 100) -> list[Row]:
    """The newest tickets this person opened, as far as the agent may see them; one query."""
    tickets = Ticket.objects.visible_to(agent).filter(requester=person_id)
    return rows_of(tickets.order_by("-created_at")[:limit], agent=agent)

"""A view as a board: columns with the first cards of each; two queries. By what it is parted: see `lanes`."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from handrail.team.models import Agent
from handrail.tickets.models import Ticket
from handrail.tickets.queries.built_in import View
from handrail.tickets.queries.filtering import Filters
from handrail.tickets.queries.lanes import Lanes, lanes_of
from handrail.tickets.queries.listing import belonging
from handrail.tickets.queries.rows import Row, rows_of

#: So many cards of a column are shown; its number counts all of them.
SHOWN = 25


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. key: what a card moved here gets; takes: whether cards can be moved here."""

    key: str
    name: str
    total: int
    rows: list[Row]
    takes: bool


@dataclass(frozen=True, kw_only=True)
class Board:
    """by: what parts it; its columns from the first to the last."""

    by: str
    columns: list[Column]


def board_of(view: View, *, filters: Filters, agent: Agent) -> Board:
    """The board of a view as this agent sees it."""
    lanes = lanes_of(view.grouping, agent=agent)
    tickets = belonging(view, filters=filters, agent=agent)
    totals = _totals(tickets, lanes)
    cards = _cards(tickets, lanes, agent)
    return Board(
        by=lanes.by,
        columns=[
            Column(
                key=key,
                name=name,
                total=totals.get(key, 0),
                rows=cards.get(key, []),
                takes=lanes.takes(key, agent),
            )
            for key, name in lanes.names(agent, totals).items()
        ],
    )


def move(ticket: Ticket, lanes: Lanes, to: str, *, by: Agent, despite: str = "", at: datetime) -> str | None:
    """Bring a card into another column; where it was, if it can go back there. Raises as of `Lanes.move`."""
    was = lanes.key_of(ticket)
    lanes.move(ticket, to, by=by, despite=despite, at=at)
    return was if lanes.takes(was, by) else None


def _totals(tickets: "QuerySet[Ticket]", lanes: Lanes) -> dict[str, int]:
    rows = tickets.order_by().annotate(lane=lanes.column).values_list("lane").annotate(number=Count("pk"))
    return {lanes.written(found): number for found, number in rows}


def _cards(tickets: "QuerySet[Ticket]", lanes: Lanes, agent: Agent) -> dict[str, list[Row]]:
    """The longest wait stands on top of each column."""
    order = [F("waiting_since").asc(nulls_last=True), F("updated_at").desc()]
    place = Window(RowNumber(), partition_by=lanes.column, order_by=order)
    first = tickets.annotate(lane=lanes.column, place=place).filter(place__lte=SHOWN)
    chosen = {key: lanes.written(found) for key, found in first.order_by().values_list("pk", "lane")}
    found: dict[str, list[Row]] = {}
    rows = Ticket.objects.visible_to(agent).filter(pk__in=list(chosen)).longest_wait_first()
    for row in rows_of(rows, agent=agent):
        found.setdefault(chosen[row.id], []).append(row)
    return found

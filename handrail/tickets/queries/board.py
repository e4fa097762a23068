"""A view as a board: columns by status, owner, priority or team, the first cards of each; two queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from handrail.team.models import Agent
from handrail.team.queries import names_of
from handrail.tickets.doing import ACTIONS, Action, Unfit
from handrail.tickets.models import Ticket
from handrail.tickets.queries.built_in import View
from handrail.tickets.queries.filtering import Filters
from handrail.tickets.queries.listing import belonging
from handrail.tickets.queries.rows import Row, rows_of

#: So many cards of a column are shown; its number counts all of them.
SHOWN = 25
#: Boards of owners and teams show those who have most.
MOST_COLUMNS = 12
_BY = {"status": "status", "owner": "owner", "priority": "priority", "team": "team"}


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
    """by: the word of the action that moves a card; its columns from the first to the last."""

    by: str
    columns: list[Column]


def board_of(view: View, *, filters: Filters, agent: Agent) -> Board:
    """The board of a view as this agent sees it."""
    by = view.grouping or "status"
    tickets = belonging(view, filters=filters, agent=agent)
    totals = _totals(tickets, by)
    names = _names(by, agent, set(totals))
    cards = _cards(tickets, by, agent)
    keys = [key for key in names if key in totals or key in Ticket.LIVE or by == "priority"]
    if by in ("owner", "team"):
        keys = sorted(keys, key=lambda key: -totals.get(key, 0))[:MOST_COLUMNS]
    takes = ACTIONS[by].policy(agent)
    return Board(
        by=by,
        columns=[
            Column(
                key=key,
                name=names[key],
                total=totals.get(key, 0),
                rows=cards.get(key, []),
                takes=takes and key not in ("", "new"),
            )
            for key in keys
        ],
    )


def move(ticket: Ticket, by_what: str, to: str, *, by: Agent, at: datetime) -> str | None:
    """Bring a card into another column; where it was, if it can go back there. Raises Unfit."""
    was = key_of(ticket, by_what)
    action = _action(by_what, to, by)
    action.do(ticket, by=by, at=at)
    return None if was in ("", "new") else was


def key_of(ticket: Ticket, by: str) -> str:
    """The key of the column in which a ticket stands."""
    found = getattr(ticket, {"owner": "owner_id", "team": "team_id"}.get(by, by))
    return _written(by, found)


def _action(by_what: str, to: str, by: Agent) -> Action:
    if by_what not in _BY or not ACTIONS[by_what].policy(by):
        raise Unfit(_("Your role does not move tickets there."))
    return ACTIONS[by_what].read(to, by=by)


def _names(by: str, agent: Agent, used: set[str]) -> dict[str, str]:
    """The words over the columns, in their order; also over those that nobody can be given any more."""
    if by == "status":
        return {str(each): str(each.label) for each in Ticket.Status if each != Ticket.Status.MERGED}
    if by == "priority":
        return {str(int(each)): str(each.label) for each in reversed(Ticket.Priority)}
    known = {key: name for key, name in ACTIONS[by].choices(by=agent) if key != "me"}
    known["nobody" if by == "owner" else ""] = _("Nobody") if by == "owner" else _("No team")
    left = {UUID(key) for key in used - known.keys()}
    gone = names_of(left if by == "owner" else set(), left if by == "team" else set())
    return known | {str(key): name for key, name in gone.items()}


def _totals(tickets: "QuerySet[Ticket]", by: str) -> dict[str, int]:
    rows = tickets.order_by().values_list(_BY[by]).annotate(number=Count("pk"))
    return {_written(by, key): number for key, number in rows}


def _cards(tickets: "QuerySet[Ticket]", by: str, agent: Agent) -> dict[str, list[Row]]:
    """The longest wait stands on top of each column."""
    order = [F("waiting_since").asc(nulls_last=True), F("updated_at").desc()]
    place = Window(RowNumber(), partition_by=F(_BY[by]), order_by=order)
    first = tickets.annotate(place=place).filter(place__lte=SHOWN)
    chosen = {key: _written(by, column) for key, column in first.order_by().values_list("pk", _BY[by])}
    found: dict[str, list[Row]] = {}
    rows = Ticket.objects.visible_to(agent).filter(pk__in=list(chosen)).longest_wait_first()
    for row in rows_of(rows, agent=agent):
        found.setdefault(chosen[row.id], []).append(row)
    return found


def _written(by: str, column: Any) -> str:
    if column is None:
        return "nobody" if by == "owner" else ""
    return str(column)

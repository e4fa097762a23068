"""The rows of a view, page by page, and the best matches of a search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from handrail.kit.prepared import Prepared
from handrail.search.language import SortKey
from handrail.team.models import Agent
from handrail.tickets.models import Ticket
from handrail.tickets.queries.built_in import View, condition, condition_of
from handrail.tickets.queries.filtering import Filters
from handrail.tickets.queries.finding import found_ids
from handrail.tickets.queries.rows import Row, columns_of, rows_of
from handrail.tickets.queries.sight import eyes_of, seen_by, width_of
from handrail.tickets.queries.vocabulary import order_of

PAGE = 50
#: So many times as many matches of a search as are shown are sorted by how well they fit.
FOUND_TIMES = 4
#: Nobody turns pages further than this.
FURTHEST = 50_000


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some rows, and where the next ones begin; None at the end."""

    rows: list[Row]
    after: str | None


def page_of(view: View, *, filters: Filters, agent: Agent, after: str = "", limit: int = PAGE) -> Page:
    """The rows of a view behind the place called `after`; the longest wait comes first."""
    if filters.wrong:
        return Page(rows=[], after=None)
    sort = _sort_of(view, filters)
    if filters.words and not sort:
        return _best_matches(view, filters, agent=agent, limit=limit)
    if sort:
        return _sorted_page(view, sort, filters=filters, agent=agent, after=after, limit=limit)
    if filters.text or after or view.asked:
        rows = _further_rows(view, filters=filters, agent=agent, after=after, limit=limit)
    else:
        rows = _first_rows(view, agent=agent, limit=limit)
    return Page(rows=rows[:limit], after=_name_of(rows[limit - 1]) if len(rows) > limit else None)


def belonging(view: View, *, filters: Filters, agent: Agent) -> "QuerySet[Ticket]":
    """What this agent may see of a view, narrowed; in no order."""
    found = _belonging(view, agent).filter(filters.condition)
    return found.none() if filters.wrong else found


def in_order(view: View, *, filters: Filters, agent: Agent) -> "QuerySet[Ticket]":
    """The same in the order in which the list shows it."""
    tickets = belonging(view, filters=filters, agent=agent)
    sort = _sort_of(view, filters)
    return tickets.order_by(*_keys(sort)) if sort else _ordered(tickets, latest_first=view.latest_first)


def _first_rows(view: View, *, agent: Agent, limit: int) -> list[Row]:
    """The top of a view as it is: what everybody asks for all day."""
    shape = (width_of(agent), view.kind, view.latest_first, limit)
    values = _FIRST_ROWS.rows(shape=shape, of_team=view.team_id or agent.pk, **eyes_of(agent))
    return [Row(*columns) for columns in values]


def _top(
    *, agent: UUID, brands: list[UUID], teams: list[UUID], of_team: UUID, shape: Any
) -> "QuerySet[Any, Any]":
    width, kind, latest_first, limit = shape
    tickets = seen_by(agent=agent, brands=brands, teams=teams, width=width)
    tickets = tickets.filter(condition(kind, agent_id=agent, team_id=of_team))
    return columns_of(_ordered(tickets, latest_first=latest_first)[: limit + 1], agent_id=agent)


_FIRST_ROWS = Prepared(_top)


def _further_rows(view: View, *, filters: Filters, agent: Agent, after: str, limit: int) -> list[Row]:
    tickets = _ordered(belonging(view, filters=filters, agent=agent), latest_first=view.latest_first)
    if place := _place_of(after):
        tickets = tickets.filter(_behind(*place, latest_first=view.latest_first))
    return rows_of(tickets[: limit + 1], agent=agent)


def _sorted_page(
    view: View, sort: Sequence[SortKey], *, filters: Filters, agent: Agent, after: str, limit: int
) -> Page:
    """In an order of its own a list goes on by counting: `after` is how many rows were shown."""
    start = min(int(after), FURTHEST) if after.isascii() and after.isdigit() and len(after) < 9 else 0
    tickets = belonging(view, filters=filters, agent=agent).order_by(*_keys(sort))
    rows = rows_of(tickets[start : start + limit + 1], agent=agent)
    return Page(rows=rows[:limit], after=str(start + limit) if len(rows) > limit else None)


def _sort_of(view: View, filters: Filters) -> tuple[SortKey, ...]:
    """What was asked for goes before what the view says; groups stand together in either."""
    sort = filters.question.sort or view.sort
    if view.grouping and view.shape == "list":
        groups = _GROUPS.get(view.grouping) or SortKey(name=view.grouping)
        return (groups, *(sort or (SortKey(name="waiting"),)))
    return sort


#: The most urgent stand first; everything else ascends.
_GROUPS = {
    "status": SortKey(name="status"),
    "owner": SortKey(name="owner"),
    "team": SortKey(name="team"),
    "priority": SortKey(name="priority", backwards=True),
}


def _keys(sort: Sequence[SortKey]) -> list[Any]:
    return [*(order_of(key.name, backwards=key.backwards) for key in sort), "-id"]


def _belonging(view: View, agent: Agent) -> "QuerySet[Ticket]":
    tickets: QuerySet[Ticket] = Ticket.objects.visible_to(agent).filter(condition_of(view, agent=agent))
    return tickets


def _ordered(tickets: "QuerySet[Ticket]", *, latest_first: bool) -> "QuerySet[Ticket]":
    if latest_first:
        return tickets.order_by("-updated_at", "-id")
    return tickets.order_by(F("waiting_since").asc(nulls_last=True), "-updated_at", "-id")


def _best_matches(view: View, filters: Filters, *, agent: Agent, limit: int) -> Page:
    """The best of those that hold the words. What else was asked narrows before anything is cut off."""
    tickets, words = _belonging(view, agent).filter(filters.rest), filters.words
    among = tickets if filters.rest or view.key != "search" else None
    ids = found_ids(words, agent=agent, limit=limit * FOUND_TIMES, among=among)
    rows = _named_by(words, tickets, agent)
    for start in range(0, len(ids), limit):
        if len(rows) >= limit:
            break
        best = ids[start : start + limit]
        rows += (
            _found_rows(best, agent, limit)
            if among is None
            else rows_of(tickets.filter(pk__in=best), agent=agent)
        )
    places = {each: place for place, each in enumerate(ids)}
    found = {row.id: row for row in sorted(rows, key=lambda row: places.get(row.id, -1))}
    return Page(rows=list(found.values())[:limit], after=None)


def _named_by(words: str, tickets: "QuerySet[Ticket]", agent: Agent) -> list[Row]:
    """The ticket whose number was typed."""
    number = words.removeprefix("#")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return []
    return rows_of(tickets.filter(number=int(number)), agent=agent)


def _found_rows(ids: Sequence[UUID], agent: Agent, most: int) -> list[Row]:
    """Of these tickets those that the agent sees. The last one fills the places that are left over."""
    filled = [*ids, *[ids[-1]] * (most - len(ids))]
    return [Row(*each) for each in _FOUND.rows(shape=width_of(agent), found=filled, **eyes_of(agent))]


def _of_ids(
    *, agent: UUID, brands: list[UUID], teams: list[UUID], found: list[UUID], shape: tuple[str, ...]
) -> "QuerySet[Any, Any]":
    tickets = seen_by(agent=agent, brands=brands, teams=teams, width=shape).filter(pk__in=found)
    return columns_of(tickets, agent_id=agent)


_FOUND = Prepared(_of_ids)


def _name_of(row: Row) -> str:
    """The place behind a row, in words that fit into an address."""
    waiting = _micros(row.waiting_since) if row.waiting_since else ""
    return f"{waiting}.{_micros(row.updated_at)}.{row.id.hex}"


def _place_of(name: str) -> tuple[datetime | None, datetime, UUID] | None:
    try:
        waiting, updated, key = name.split(".")
        return (_moment(waiting) if waiting else None), _moment(updated), UUID(key)
    except (ValueError, OverflowError):
        return None


def _behind(waiting: datetime | None, updated: datetime, key: UUID, *, latest_first: bool) -> Q:
    later = Q(updated_at__lt=updated) | Q(updated_at=updated, id__lt=key)
    if latest_first:
        return later
    if waiting is None:
        return Q(waiting_since=None) & later
    return Q(waiting_since__gt=waiting) | Q(waiting_since=None) | (Q(waiting_since=waiting) & later)


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _moment(micros: str) -> datetime:
    return _EPOCH + timedelta(microseconds=int(micros))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

"""How many tickets each view holds, for this agent and at this moment: exact, and no ticket is read for most.

The database keeps sums of live tickets by their commonest columns. Built-in views are read from heaps of
them; saved views that ask for nothing else, too; others are counted one by one.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, TypeAlias
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import Count, IntegerField, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from handrail.kit.prepared import Prepared
from handrail.team.models import Agent
from handrail.tickets.models import Ticket
from handrail.tickets.models.tally import TOLD_APART, Tally
from handrail.tickets.queries.built_in import Group, View, condition_of
from handrail.tickets.queries.sight import anybody, eyes_of, width_of

#: Nobody waits longer than this for a number.
PATIENCE_MILLISECONDS = 1500
#: Live tickets with the same owner, team and status.
Heap: TypeAlias = tuple[UUID | None, UUID | None, str]
#: Stands for every owner but the one who asks.
SOMEBODY_ELSE = UUID(int=0)


def counts_of(groups: Iterable[Group], *, agent: Agent) -> dict[str, int]:
    """The number of tickets of each counted view by its key. Tickets that are done are never read."""
    counted = [view for group in groups for view in group.views if view.counted]
    asked = {view.key: view for view in counted if view.asked}
    views = [view for view in counted if not view.asked]
    heaps = _heaped(_HEAPS.rows(shape=width_of(agent), **eyes_of(agent)), agent=agent)
    found = {view.key: _sum(heaps, condition_of(view, agent=agent)) for view in views}
    return found | _of_saved(list(asked.values()), agent)


def _heaped(rows: Iterable[tuple[Any, ...]], *, agent: Agent) -> Counter[Heap]:
    """Fewer heaps: no built-in view tells apart who of the others owns a ticket."""
    own, heaps = (None, agent.pk), Counter[Heap]()
    for owner, team, status, number in rows:
        heaps[owner if owner in own else SOMEBODY_ELSE, team, status] += number
    return heaps


def _sum(heaps: Mapping[Heap, int], condition: Q) -> int:
    """How many tickets lie on the heaps that belong to a built-in view."""
    asked = list(_asked(condition))
    return sum(number for heap, number in heaps.items() if all(heap[at] in values for at, values in asked))


def _asked(condition: Q | tuple[str, Any]) -> Iterator[tuple[int, Container[Any]]]:
    """The columns that a built-in view asks for, each with the values that fit; all of them must."""
    if isinstance(condition, Q):
        for each in condition.children:
            yield from _asked(each)  # type: ignore[arg-type]
        return
    name, _, is_in = condition[0].partition("__")
    yield _HEAPED.index(name), frozenset(condition[1]) if is_in else (condition[1],)


def _of_saved(views: list[View], agent: Agent) -> dict[str, int]:
    """The same for saved views: from the sums, in one pass over the tickets, or each by itself."""
    found, ways = dict[str, int](), (_from_sums, _in_one_pass, _each)
    sorted_out: list[list[View]] = [[], [], []]
    for view in views:
        sorted_out[_way_of(condition_of(view, agent=agent))].append(view)
    for way, chosen in zip(ways, sorted_out, strict=True):
        found |= way(chosen, agent) if chosen else {}
    return found


def _way_of(condition: Q) -> int:
    """0: the sums know it. 1: it asks for a ticket's own columns. 2: it reaches into other tables."""
    if _is_plain(condition, TOLD_APART):
        return 0
    return 1 if _is_plain(condition, None) else 2


def _from_sums(views: list[View], agent: Agent) -> dict[str, int]:
    columns = {
        f"n{place}": Coalesce(Sum("number", filter=condition_of(view, agent=agent)), 0)
        for place, view in enumerate(views)
    }
    numbers = Tally.objects.visible_to(agent).aggregate(**columns)
    return {view.key: numbers[name] for view, name in zip(views, columns, strict=True)}


def _in_one_pass(views: list[View], agent: Agent) -> dict[str, int]:
    columns = {
        f"n{place}": Count("pk", filter=condition_of(view, agent=agent)) for place, view in enumerate(views)
    }
    numbers = Ticket.objects.visible_to(agent).live().order_by().aggregate(**columns)
    return {view.key: numbers[name] for view, name in zip(views, columns, strict=True)}


def _each(views: list[View], agent: Agent) -> dict[str, int]:
    columns = {f"n{place}": _count_of(view, agent) for place, view in enumerate(views)}
    (numbers,) = Agent.objects.filter(pk=agent.pk).values_list(*columns.values())
    return {view.key: number for view, number in zip(views, numbers, strict=True)}


def _is_plain(condition: Any, columns: Container[str] | None) -> bool:
    """Whether it asks for values of these columns of a ticket, or of any, and for nothing in other tables."""
    if isinstance(condition, Q):
        return all(_is_plain(each, columns) for each in condition.children)
    if not isinstance(condition, tuple):
        return False
    name, wanted = condition
    column, _, lookup = name.partition("__")
    known = column != "fields" if columns is None else column in columns
    return known and not isinstance(wanted, QuerySet) and lookup in _PLAIN


#: Lookups that stay on the ticket; others reach into another table.
_PLAIN = frozenset({"", "in", "isnull", "gt", "gte", "lt", "lte", "icontains"})


def _count_of(view: View, agent: Agent) -> Coalesce:
    tickets = Ticket.objects.visible_to(agent).live().filter(condition_of(view, agent=agent)).order_by()
    numbers = tickets.values(one=Value(1)).annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(numbers, output_field=IntegerField()), 0)


def count_up_to(tickets: "QuerySet[Ticket]", *, most: int) -> int | None:
    """How many these are, at most `most + 1`; None when the database takes too long over it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(PATIENCE_MILLISECONDS)])
            return int(tickets.order_by()[: most + 1].count())
    except OperationalError:
        return None


def _heaps(
    *, agent: UUID, brands: list[UUID], teams: list[UUID], shape: tuple[str, ...]
) -> "QuerySet[Any, Any]":
    """Live tickets heaped by owner, team and status: a few hundred rows."""
    rows = Tally.objects.visible_to(anybody(agent=agent, brands=brands, teams=teams, width=shape))
    heaps: QuerySet[Any, Any] = rows.order_by().values_list(*_HEAPED).annotate(number=Sum("number"))
    return heaps


_HEAPED = ("owner", "team", "status")
_HEAPS = Prepared(_heaps)

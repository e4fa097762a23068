"""How many tickets each view holds, for this agent and at this moment: no ticket is read.

The database keeps sums of live tickets by their commonest columns. Built-in views are read from heaps of
them, and saved views that ask for nothing else from the sums; `recounting` counts the others afterwards.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from handrail.kit.prepared import Prepared
from handrail.team.models import Agent
from handrail.tickets.models.tally import TOLD_APART, Tally
from handrail.tickets.queries.built_in import Group, View, condition_of
from handrail.tickets.queries.recounting import digest_of_eyes, is_old, still_meant
from handrail.tickets.queries.sight import anybody, eyes_of, width_of

#: Live tickets with the same owner, team and status.
Heap: TypeAlias = tuple[UUID | None, UUID | None, str]
#: Stands for every owner but the one who asks.
SOMEBODY_ELSE = UUID(int=0)


@dataclass(frozen=True)
class Counts:
    """The number of tickets of counted views by their keys. old: views whose number is to be counted anew."""

    numbers: dict[str, int]
    old: tuple[View, ...] = ()


def counts_of(groups: Iterable[Group], *, agent: Agent, at: datetime) -> Counts:
    """What the sums say, and what was counted last of views that they know nothing of; no ticket is read."""
    counted = [view for group in groups for view in group.views if view.counted]
    heaps = _heaped(_HEAPS.rows(shape=width_of(agent), **eyes_of(agent)), agent=agent)
    numbers = {view.key: _sum(heaps, condition_of(view, agent=agent)) for view in counted if not view.asked}
    asked = {view.key: view for view in counted if view.asked}.values()
    summed = [view for view in asked if is_summed(view, agent)]
    numbers |= _from_sums(summed, agent) if summed else {}
    others, eyes = [view for view in asked if view not in summed], digest_of_eyes(agent)
    for view in others:
        known = still_meant(view, eyes)
        if known and known.number is not None:
            numbers[view.key] = known.number
    return Counts(numbers, tuple(view for view in others if is_old(view, eyes, at=at)))


def is_summed(view: View, agent: Agent) -> bool:
    """Whether the sums know how many tickets belong to it."""
    return _is_plain(condition_of(view, agent=agent), TOLD_APART)


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


def _from_sums(views: list[View], agent: Agent) -> dict[str, int]:
    columns = {
        f"n{place}": Coalesce(Sum("number", filter=condition_of(view, agent=agent)), 0)
        for place, view in enumerate(views)
    }
    numbers = Tally.objects.visible_to(agent).aggregate(**columns)
    return {view.key: numbers[name] for view, name in zip(views, columns, strict=True)}


def _is_plain(condition: Any, columns: Container[str]) -> bool:
    """Whether it asks for values of these columns of a ticket and for nothing else."""
    if isinstance(condition, Q):
        return all(_is_plain(each, columns) for each in condition.children)
    if not isinstance(condition, tuple):
        return False
    name, wanted = condition
    column, _, lookup = name.partition("__")
    return column in columns and not isinstance(wanted, QuerySet) and lookup in _PLAIN


#: Lookups that stay on the ticket; others reach into another table.
_PLAIN = frozenset({"", "in", "isnull", "gt", "gte", "lt", "lte", "icontains"})


def _heaps(
    *, agent: UUID, brands: list[UUID], teams: list[UUID], shape: tuple[str, ...]
) -> "QuerySet[Any, Any]":
    """Live tickets heaped by owner, team and status: a few hundred rows."""
    rows = Tally.objects.visible_to(anybody(agent=agent, brands=brands, teams=teams, width=shape))
    heaps: QuerySet[Any, Any] = rows.order_by().values_list(*_HEAPED).annotate(number=Sum("number"))
    return heaps


_HEAPED = ("owner", "team", "status")
_HEAPS = Prepared(_heaps)

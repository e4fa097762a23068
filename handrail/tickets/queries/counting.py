"""How many tickets each view holds, for this agent and at this moment: one query, exact."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Value

from handrail.kit.prepared import Prepared
from handrail.team.models import Agent
from handrail.tickets.queries.built_in import Group, condition
from handrail.tickets.queries.sight import eyes_of, seen_by, width_of


def counts_of(groups: Iterable[Group], *, agent: Agent) -> dict[str, int]:
    """The number of tickets of each counted view by its key. Tickets that are done are never read."""
    views = [view for group in groups for view in group.views if view.counted]
    of_teams = [view.team_id or agent.pk for view in views]  # a list of one length, whatever the views
    shape = (width_of(agent), tuple(view.kind for view in views))
    rows = _COUNTS.rows(shape=shape, of_teams=of_teams, **eyes_of(agent))
    _one, *numbers = rows[0] if rows else (1, *(0 for _view in views))
    return {view.key: number for view, number in zip(views, numbers, strict=True)}


def _counts(
    *, agent: UUID, brands: list[UUID], teams: list[UUID], of_teams: list[UUID], shape: Any
) -> "QuerySet[Any, Any]":
    width, kinds = shape
    columns = {
        f"n{place}": Count("pk", filter=condition(kind, agent_id=agent, team_id=team))
        for place, (kind, team) in enumerate(zip(kinds, of_teams, strict=True))
    }
    rows = seen_by(agent=agent, brands=brands, teams=teams, width=width).live()
    return rows.order_by().values(one=Value(1)).annotate(**columns).values_list("one", *columns)


_COUNTS = Prepared(_counts)

"""How many tickets each view holds, for this agent and at this moment: one query, exact."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from handrail.kit.prepared import Prepared
from handrail.team.models import Agent
from handrail.tickets.models import Ticket
from handrail.tickets.queries.built_in import Group, View, condition, condition_of
from handrail.tickets.queries.sight import eyes_of, seen_by, width_of

#: Nobody waits longer than this for a number.
PATIENCE_MILLISECONDS = 1500


def counts_of(groups: Iterable[Group], *, agent: Agent) -> dict[str, int]:
    """The number of tickets of each counted view by its key. Tickets that are done are never read."""
    counted = [view for group in groups for view in group.views if view.counted]
    asked = {view.key: view for view in counted if view.asked}
    views = [view for view in counted if not view.asked]
    of_teams = [view.team_id or agent.pk for view in views]  # a list of one length, whatever the views
    shape = (width_of(agent), tuple(view.kind for view in views))
    rows = _COUNTS.rows(shape=shape, of_teams=of_teams, **eyes_of(agent))
    _one, *numbers = rows[0] if rows else (1, *(0 for _view in views))
    found = {view.key: number for view, number in zip(views, numbers, strict=True)}
    return found | _of_saved(list(asked.values()), agent)


def _of_saved(views: list[View], agent: Agent) -> dict[str, int]:
    """The same for saved views, each planned by itself within one question."""
    if not views:
        return {}
    columns = {f"n{place}": _count_of(view, agent) for place, view in enumerate(views)}
    (numbers,) = Agent.objects.filter(pk=agent.pk).values_list(*columns.values())
    return {view.key: number for view, number in zip(views, numbers, strict=True)}


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

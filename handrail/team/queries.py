"""Reads for those who need to know who is at the desk."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, OuterRef, QuerySet

from handrail.accounts import factors
from handrail.accounts.models import User
from handrail.accounts.queries import brands_to_give
from handrail.kit.prepared import Prepared
from handrail.team.models import Agent, Team


def agent_behind(user: User) -> Agent | None:
    """The agent this user is, with brands and teams already read, in one query; None for a customer."""
    rows = _BEHIND.rows(user=user.pk)
    if not rows:
        return None
    *columns, brand_ids, team_ids = rows[0]
    agent = Agent.from_db(connection.alias, _COLUMNS, columns)
    agent.user = user
    agent.brand_ids, agent.team_ids = brand_ids, team_ids
    return agent


def teams_of(agent: Agent) -> list[Team]:
    """The teams of this agent by name; one query."""
    rows = _TEAMS.rows(teams=agent.team_ids)
    return [Team.from_db(connection.alias, ["id", "key", "name"], row) for row in rows]


def _behind(user: UUID) -> "QuerySet[Agent, Any]":
    brands = User.brands.through.objects.filter(user=OuterRef("user_id")).values("brand_id")
    teams = Agent.teams.through.objects.filter(agent=OuterRef("pk")).values("team_id")
    return Agent.objects.filter(user_id=user).values_list(
        *_COLUMNS, ArraySubquery(brands), ArraySubquery(teams)
    )


_COLUMNS = ["id", "user_id", "name", "title", "tier", "joined_at", "answers_need_review"]
_BEHIND = Prepared(_behind)
_TEAMS = Prepared(
    lambda teams: Team.objects.filter(pk__in=teams).order_by("name").values_list("id", "key", "name")
)


def names_of(agents: set[UUID], teams: set[UUID]) -> dict[UUID, str]:
    """The names of these agents and teams by id, in one query; none when nothing is asked."""
    if not agents and not teams:
        return {}
    return dict(_NAMES.rows(agents=list(agents), teams=list(teams)))


def _names(agents: list[UUID], teams: list[UUID]) -> "QuerySet[Any, Any]":
    people = Agent.objects.filter(pk__in=agents).order_by().values_list("pk", "name")
    groups = Team.objects.filter(pk__in=teams).order_by().values_list("pk", "name")
    if not agents or not teams:
        return people if agents else groups
    return people.union(groups, all=True)


_NAMES = Prepared(_names)


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """One line of the list of colleagues. state: here | invited (never came in yet) | suspended."""

    agent: Agent
    state: str
    has_second_factor: bool
    teams: tuple[str, ...]


def colleagues(viewer: Agent) -> list[Colleague]:
    """The colleagues this agent may see, by name; three queries, however many there are."""
    seen = Agent.objects.filter(pk__in=Agent.objects.visible_to(viewer).order_by().values("pk"))
    rows = list(seen.select_related("user__role").prefetch_related("teams"))
    secured = factors.owners(row.user_id for row in rows)
    return [
        Colleague(
            agent=row,
            state=_state(row.user),
            has_second_factor=row.user_id in secured,
            teams=tuple(team.name for team in row.teams.all()),
        )
        for row in rows
    ]


def _state(user: User) -> str:
    if not user.is_active:
        return "suspended"
    return "here" if user.last_login else "invited"


def teams_with_sizes(viewer: Agent) -> QuerySet[Team]:
    """The teams of this agent's brands with the number of people in each, as `people`."""
    rows = Team.objects.filter(brand__in=brands_to_give(viewer.user)).select_related("brand")
    return rows.annotate(people=Count("agents")).order_by("brand__name", "name")

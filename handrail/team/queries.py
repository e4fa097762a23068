"""Reads for those who need to know who is at the desk."""

from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from handrail.accounts.models import User
from handrail.team.models import Agent, Team


def agent_behind(user: User) -> Agent | None:
    """The agent this user is, with brands and teams already read, in one query; None for a customer."""
    brands = User.brands.through.objects.filter(user=OuterRef("user_id"))
    teams = Agent.teams.through.objects.filter(agent=OuterRef("pk"))
    rows = Agent.objects.filter(user_id=user.pk).annotate(
        of_brands=ArraySubquery(brands.values("brand_id")), of_teams=ArraySubquery(teams.values("team_id"))
    )
    agent = rows.first()
    if agent is None:
        return None
    agent.user = user
    read: Any = agent
    agent.brand_ids, agent.team_ids = read.of_brands, read.of_teams
    return agent


def names_of(agents: set[UUID], teams: set[UUID]) -> dict[UUID, str]:
    """The names of these agents and teams by id, in one query; none when nothing is asked."""
    if not agents and not teams:
        return {}
    people = Agent.objects.filter(pk__in=agents).order_by().values_list("pk", "name")
    groups = Team.objects.filter(pk__in=teams).order_by().values_list("pk", "name")
    return dict(people.union(groups, all=True))

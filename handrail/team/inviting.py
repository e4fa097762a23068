"""Invite colleagues, and place them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from handrail.accounts import audit, letters
from handrail.accounts.events import UserInvited
from handrail.accounts.models import Brand, Role, User
from handrail.accounts.queries import brands_to_give
from handrail.events import publish
from handrail.team.models import Agent, Team


class AddressTaken(Exception):
    """Somebody has this address already, perhaps a customer or a suspended colleague."""


@dataclass(frozen=True, kw_only=True)
class Post:
    """Where a colleague works: role, brands, teams, tier (1 to 3) and title."""

    role: Role
    brands: Collection[Brand]
    teams: Collection[Team]
    tier: int = 1
    title: str = ""


@transaction.atomic
def invite(*, email: str, name: str, post: Post, by: User, language: str = "en", at: datetime) -> Agent:
    """Make a colleague and mail them their first way in. Raises AddressTaken, User.AboveOwnRights."""
    _must_not_climb(by, post)
    if User.objects.filter(email=email.strip().lower()).exists():
        raise AddressTaken
    brands = list(post.brands)
    user = User.objects.invite(
        email=email, name=name, role=post.role, brands=brands, at=at, language=language, timezone=by.timezone
    )
    agent = Agent.welcome(user=user, teams=list(post.teams), tier=post.tier, title=post.title, at=at)
    audit.record("user.invited", by=by, about=user, at=at, role=post.role.key)
    publish(UserInvited(user_id=user.pk, by_id=by.pk, role=post.role.key, at=at))
    letters.send_invitation(user, by=by, at=at)
    return agent


@transaction.atomic
def place(agent: Agent, post: Post, *, by: User, at: datetime) -> None:
    """Give a colleague another post; what lies outside the giver's own brands stays as it is.

    Raises User.AboveOwnRights, User.LastAdmin.
    """
    ours = set(brands_to_give(by).values_list("pk", flat=True))
    brands = {*post.brands, *agent.user.brands.exclude(pk__in=ours)}
    teams = {*post.teams, *agent.teams.exclude(brand__in=ours)}
    agent.user.take_role(post.role, by=by, at=at)
    agent.user.work_for(brands, by=by, at=at)
    agent.place(teams=teams, tier=post.tier, title=post.title, by=by, at=at)


def _must_not_climb(by: User, post: Post) -> None:
    """Nobody hands out more than they have."""
    strange = {brand.pk for brand in post.brands} - set(by.brand_ids)
    if not by.role.covers(post.role) or (strange and not by.role.grants("*")):
        raise User.AboveOwnRights

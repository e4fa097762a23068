"""Found the desk: brand, team, mailbox, the first admin and the first colleagues, all or nothing, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from handrail.accounts import audit, links, roles
from handrail.accounts.models import Brand, Role, User
from handrail.channels.email.models import EmailAccount
from handrail.team.inviting import Post, invite
from handrail.team.models import Agent, Team


class Closed(Exception):
    """The desk is set up already, or this is not the link to it."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What somebody wants to begin with. colleagues: pairs of address and name."""

    brand: str
    mailbox: str
    team: str
    colleagues: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Founder:
    """Who becomes the first admin. password: empty for none; links by mail work in any case."""

    name: str
    email: str
    language: str
    timezone: str
    password: str


def is_open(secret: str, *, at: datetime) -> bool:
    """Whether this link opens the set-up: it is the right one, and nobody may do everything yet."""
    return links.opens_set_up(secret, at=at) and not _somebody_is_admin()


@transaction.atomic
def found(plan: Plan, founder: Founder, *, secret: str, at: datetime) -> User:
    """Make everything and close the set-up for ever; returns the first admin. Raises Closed."""
    if _somebody_is_admin():
        raise Closed
    try:
        links.spend_set_up(secret, at=at)
    except links.LinkRefused:
        raise Closed from None
    built_in = roles.ensure_built_in()
    admin = _make_admin(founder, built_in["admin"], at=at)
    audit.record("desk.set-up", by=admin, about=admin, at=at)
    brand = Brand.found(key="main", name=plan.brand, by=admin, at=at)
    team = Team.found(key="support", name=plan.team, brand=brand, by=admin, at=at)
    EmailAccount.open(address=plan.mailbox, display_name=plan.brand, brand=brand, team=team, by=admin, at=at)
    Agent.welcome(user=admin, teams=[team], at=at)
    post = Post(role=built_in["agent"], brands=[brand], teams=[team])
    for address, name in plan.colleagues:
        invite(email=address, name=name, post=post, by=admin, language=admin.language, at=at)
    return admin


def _make_admin(founder: Founder, role: Role, *, at: datetime) -> User:
    seen = {"language": founder.language, "timezone": founder.timezone}
    admin = User.objects.invite(email=founder.email, name=founder.name, role=role, brands=[], at=at, **seen)
    if founder.password:
        admin.choose_password(founder.password, by=admin, at=at)
    return admin


def _somebody_is_admin() -> bool:
    return User.objects.filter(role__rights__contains=["*"]).exists()

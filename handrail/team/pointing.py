"""How custom fields know colleagues."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import User
from handrail.fields.nouns import Pointee, register
from handrail.kit.ids import uuid_or_none
from handrail.team.models import Agent, Agents
from handrail.team.queries import agent_behind


def declare() -> None:
    """Make them known as something a field can point at."""
    register(Pointee(key="colleague", why=_("The name or address of a colleague."), find=_found, name=_named))


def _found(viewer: User | None, text: str) -> UUID | None:
    """Whoever alone is meant; of two of one name, neither."""
    words = text.strip()
    meant = Q(name__iexact=words) | Q(user__email__iexact=words) | Q(pk=uuid_or_none(words))
    found = list(_seen(viewer).filter(meant).values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _named(viewer: User | None, ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(_seen(viewer).filter(pk__in=list(ids)).values_list("pk", "name"))


def _seen(viewer: User | None) -> Agents:
    every: Agents = Agent.objects.all()
    if viewer is None:
        return every
    agent = agent_behind(viewer)
    return every.visible_to(agent) if agent else every.none()

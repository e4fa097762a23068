"""From where a ticket can speak: a channel says here which addresses of ours there are.

A brand without any can have tickets all the same; what is written there waits for an address.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from handrail.accounts.models import Brand
from handrail.team.models import Agent
from handrail.tickets.models import Ticket


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """One address of ours. team_id: who gets what is answered to it."""

    key: str
    label: str
    brand_id: UUID
    team_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Source:
    """A channel's addresses for some brands, and how a ticket is tied to one of them."""

    offered: Callable[[Iterable[UUID]], list[Outlet]]
    choose: Callable[[Ticket, Outlet], None]


_sources: list[Source] = []


def register(source: Source) -> None:
    """Offer a channel's addresses; with a second channel the key would name which."""
    _sources[:] = [source]


def offered(agent: Agent) -> list[Outlet]:
    """Every address of the agent's brands; a brand without one stands for itself."""
    return of_brands(agent.brand_ids)


def of_brands(brand_ids: Collection[UUID]) -> list[Outlet]:
    """The same, for some brands."""
    found = [each for source in _sources for each in source.offered(brand_ids)]
    bare = set(brand_ids) - {each.brand_id for each in found}
    brands = Brand.objects.filter(pk__in=bare).order_by("name") if bare else ()
    return found + [Outlet(key=str(brand.pk), label=brand.name, brand_id=brand.pk) for brand in brands]


def choose(ticket: Ticket, outlet: Outlet) -> None:
    """Let the ticket speak from there until the customer writes to another address of ours."""
    if outlet.key == str(outlet.brand_id):
        return
    for source in _sources:
        source.choose(ticket, outlet)

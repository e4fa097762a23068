"""Chains that start from tickets. `visible_to` is the only door for a person."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from handrail.accounts.models import User
from handrail.customers.models import Person
from handrail.team.models import Agent
from handrail.tickets.models.categories import LIVE, TRASHED

if TYPE_CHECKING:
    from handrail.tickets.models.ticket import Ticket  # noqa: F401 - the type of a row


def seen(agent: Agent) -> Q:
    """What this agent may see, as a condition on whatever has a ticket's brand, team and owner."""
    ours = Q(brand__in=agent.brand_ids)
    if agent.may("tickets.see_all"):
        return ours
    if agent.may("tickets.see_team"):
        return ours & (Q(team__in=agent.team_ids) | Q(owner=agent) | Q(team=None))
    if agent.may("tickets.see_assigned"):
        return ours & Q(owner=agent)
    return Q(pk__in=[])


class Tickets(models.QuerySet["Ticket"]):
    """Tickets, narrowed step by step."""

    def visible_to(self, agent: Agent) -> "Tickets":
        """What this agent may see: tickets of the agent's brands, as wide as the role allows."""
        return self.filter(seen(agent)).exclude(status=TRASHED)

    def in_trash_of(self, agent: Agent) -> "Tickets":
        """What this agent would see if it were not deleted, and may bring back."""
        if not agent.may("tickets.delete"):
            return self.none()
        return self.filter(seen(agent), status=TRASHED)

    def requested_by(self, user: User) -> "Tickets":
        """What this customer may see: tickets opened by the person who proved to be this user."""
        return self.filter(requester__in=Person.objects.filter(user=user)).exclude(status=TRASHED)

    def live(self) -> "Tickets":
        """What is still work."""
        return self.filter(status__in=LIVE)

    def longest_wait_first(self) -> "Tickets":
        return self.order_by(models.F("waiting_since").asc(nulls_last=True), "-updated_at")

"""What can be chosen on a ticket: colleagues, teams, tags."""

from django.db.models import Count, QuerySet

from handrail.team.models import Agent, Team
from handrail.tickets.models import Tag, Ticket

SUGGESTED = 12


def colleagues_for(ticket: Ticket, *, agent: Agent) -> "QuerySet[Agent]":
    """Those who can own the ticket: colleagues this agent sees, at work, for the ticket's brand."""
    at_work = Agent.objects.visible_to(agent).available().filter(user__brands=ticket.brand_id)
    return at_work.order_by("name")


def teams_for(ticket: Ticket, *, agent: Agent) -> "QuerySet[Team]":
    """The teams of the ticket's brand, if it is one of the agent's brands."""
    return Team.objects.filter(brand=ticket.brand_id, brand__in=agent.brand_ids).order_by("name")


def tags_like(words: str, *, agent: Agent) -> list[str]:
    """Tags in use on tickets this agent may see that begin with these words, the most used first."""
    seen = Ticket.objects.visible_to(agent)
    tags = Tag.objects.filter(name__startswith=words.strip().lower()[:50], taggings__ticket__in=seen)
    used = tags.annotate(uses=Count("taggings")).order_by("-uses", "name")
    return list(used.values_list("name", flat=True)[:SUGGESTED])

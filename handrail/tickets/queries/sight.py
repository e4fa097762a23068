"""What an agent sees, for reads that are prepared once: the same door, asked by somebody without a name."""

from uuid import UUID

from handrail.accounts.models import Role, User
from handrail.team.models import Agent
from handrail.tickets.models import Ticket
from handrail.tickets.models.ticket.queryset import Tickets

#: The rights that decide how wide an agent sees; for each set of them the SQL is another.
WIDTHS = ("tickets.see_all", "tickets.see_team", "tickets.see_assigned")
Eyes = dict[str, UUID | list[UUID]]


def eyes_of(agent: Agent) -> Eyes:
    """The values by which a prepared read knows what this agent sees."""
    return {"agent": agent.pk, "brands": agent.brand_ids, "teams": agent.team_ids}


def width_of(agent: Agent) -> tuple[str, ...]:
    """The rights by which this agent sees; part of the shape of a prepared read."""
    return tuple(right for right in WIDTHS if agent.may(right))


def seen_by(*, agent: UUID, brands: list[UUID], teams: list[UUID], width: tuple[str, ...]) -> Tickets:
    """`visible_to` for an agent of whom nothing is known but ids, which may be stand-ins, and rights."""
    somebody = anybody(agent=agent, brands=brands, teams=teams, width=width)
    seen: Tickets = Ticket.objects.visible_to(somebody)
    return seen


def anybody(*, agent: UUID, brands: list[UUID], teams: list[UUID], width: tuple[str, ...]) -> Agent:
    """An agent of whom nothing is known but ids and rights; never saved."""
    somebody = Agent(pk=agent, user=User(is_active=True, role=Role(rights=list(width))))
    somebody.brand_ids, somebody.team_ids = brands, teams
    return somebody

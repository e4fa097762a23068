"""What tickets know about a person, on the person's page: everything they asked."""

from uuid import UUID

from handrail.accounts.models import User
from handrail.team.queries import agent_behind
from handrail.tickets.queries import Row, tickets_of_person


def tickets_of(user: User, person_id: UUID) -> list[Row] | None:
    """The tickets that this person opened, as far as the user may see them; None for who is no agent."""
    agent = agent_behind(user)
    return tickets_of_person(person_id, agent=agent) if agent else None

"""On which tickets a macro is offered: those that fulfil its condition, in the language of filters."""

from datetime import datetime

from handrail.search.language import Malformed, parse
from handrail.team.models import Agent
from handrail.tickets.models import Ticket
from handrail.tickets.queries.asking import asker_of
from handrail.tickets.queries.vocabulary import TICKETS


def fits(condition: str, ticket: Ticket, *, agent: Agent, at: datetime) -> bool:
    """Whether the ticket fulfils it. One whose words mean nothing any more is fulfilled by none."""
    if not condition:
        return True
    try:
        wanted = TICKETS.condition(parse(condition), asker_of(agent, at=at))
    except Malformed:
        return False
    return bool(Ticket.objects.filter(wanted, pk=ticket.pk).exists())


def check(condition: str, *, agent: Agent, at: datetime) -> None:
    """Raises Malformed, which names the wrong word."""
    TICKETS.condition(parse(condition), asker_of(agent, at=at))

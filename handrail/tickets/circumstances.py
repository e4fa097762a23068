"""How a ticket stands, in the words that the rules of its form use; and what its form then lacks."""

from typing import TYPE_CHECKING
from uuid import UUID

from handrail.accounts.models.role import EVERYTHING
from handrail.fields.checking import with_defaults
from handrail.fields.field import Noun, Value
from handrail.fields.forming import Circumstances, form_of
from handrail.fields.queries import Setup, setup_of
from handrail.team.models import Agent
from handrail.tickets.models.categories import Category
from handrail.tickets.stages import Stage

if TYPE_CHECKING:
    from handrail.tickets.models.ticket.base import TicketBase
    from handrail.tickets.queries.shown import Shown


def circumstances_of(
    ticket: "TicketBase | Shown", stage: Stage, *, by: Agent | None, customer: bool = False
) -> Circumstances:
    """Who asks and how it stands, for the ticket as it is, or as it would be with another status."""
    return Circumstances(
        role=by.user.role.key if by else None,
        sees_all=by is not None and EVERYTHING in by.user.role.rights,
        customer=customer,
        facts={
            "status": (stage.key, stage.category),
            "team": _named(ticket.team_id),
            "brand": _named(ticket.brand_id),
            "priority": (str(int(ticket.priority)),),
            "channel": (ticket.channel,),
        },
    )


def missing_fields(ticket: "TicketBase", was: Stage, now: Stage, *, by: Agent) -> dict[str, str]:
    """What this agent has to fill in before the move: label by key.

    On the way to an end that is everything required; else what only the new status requires.
    """
    setup = setup_of(Noun.TICKET)
    if not setup.fields or now.category in (Category.SPAM, Category.MERGED):
        return {}
    missing = _missing(setup, ticket, now, by)
    if not now.is_done:
        missing = {
            key: label for key, label in missing.items() if key not in _missing(setup, ticket, was, by)
        }
    return missing


def usual_values() -> dict[str, Value]:
    """What a new ticket's fields hold by themselves."""
    return with_defaults(setup_of(Noun.TICKET).fields, {})


def _missing(setup: Setup, ticket: "TicketBase", stage: Stage, by: Agent) -> dict[str, str]:
    form = form_of(setup.fields, setup.rules, ticket.fields, circumstances_of(ticket, stage, by=by))
    return {entry.field.key: entry.field.label for entry in form if entry.is_missing}


def _named(key: UUID | None) -> tuple[str, ...]:
    return (str(key),) if key else ()

"""The custom fields that customers fill in when they ask: the desk's rules, public fields only."""

from collections.abc import Mapping
from uuid import UUID

from handrail.accounts.models import Brand
from handrail.fields.checking import checked
from handrail.fields.field import Field, Noun
from handrail.fields.forming import Circumstances
from handrail.fields.posted import Cell, cells_of
from handrail.fields.queries import setup_of
from handrail.team.models import Team
from handrail.tickets.circumstances import usual_values
from handrail.tickets.models import Ticket

CHANNEL = "portal"


def public_fields() -> list[Field]:
    """What customers are asked for."""
    return [each for each in setup_of(Noun.TICKET).live if each.public]


def cells_for(
    given: Mapping[str, object], problems: Mapping[str, str], *, brand: Brand | None, team: Team | None
) -> list[Cell]:
    """The controls of the form as it is now. given: what was typed so far."""
    setup = setup_of(Noun.TICKET)
    if not any(each.public for each in setup.live):
        return []
    facts = {
        "status": (Ticket.Status.NEW.value,),
        "priority": (str(int(Ticket.Priority.NORMAL)),),
        "channel": (CHANNEL,),
        "brand": (str(brand.pk),) if brand else (),
        "team": (str(team.pk),) if team else (),
    }
    would = checked(
        setup.fields,
        setup.rules,
        now=usual_values(),
        wanted=given,
        circumstances=Circumstances(customer=True, facts=facts),
        find=_nothing,
    )
    return cells_of(would.form, typed=given, problems=problems, viewer=None)


def _nothing(_noun: str, _text: str) -> UUID | None:
    return None

"""Which macros somebody can use on a ticket, and the one that a composer carries."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from handrail.team.models import Agent
from handrail.tickets.doing import Unfit
from handrail.tickets.macros.applying import Use
from handrail.tickets.macros.fitting import fits
from handrail.tickets.macros.laying_out import Step, steps_of
from handrail.tickets.models import Ticket
from handrail.tickets.models.macro import Macro, Macros

#: So many are offered at once; words narrow them.
OFFERED = 50


def macros_for(ticket: Ticket, *, agent: Agent, words: str = "", at: datetime) -> list[Macro]:
    """Those this agent can use there, by name; words are looked for in names and in what they say."""
    found = _usable(ticket, agent=agent)
    for word in words.split()[:5]:
        here = Q(name__icontains=word) | Q(about__icontains=word) | Q(texts__text__icontains=word)
        found = found.filter(here)
    offered = found.distinct().prefetch_related("texts")[: OFFERED * 2]
    return [macro for macro in offered if fits(macro.condition, ticket, agent=agent, at=at)][:OFFERED]


def macro_for(ticket: Ticket, key: UUID | None, *, agent: Agent, at: datetime) -> Macro | None:
    """One of them by its id."""
    macro = _usable(ticket, agent=agent).filter(pk=key).first() if key else None
    return macro if macro and fits(macro.condition, ticket, agent=agent, at=at) else None


def use_of(
    ticket: Ticket, key: UUID | None, *, struck: Sequence[int], despite: str = "", agent: Agent, at: datetime
) -> Use | None:
    """The macro that is sent with a message; without what was struck out, and without what cannot be done.

    despite: why it is done although something stands in the way. Raises Unfit when it cannot be used here any
    more.
    """
    if key is None:
        return None
    macro = macro_for(ticket, key, agent=agent, at=at)
    if macro is None:
        raise Unfit(_("The macro cannot be used here any more. Take it off, then send again."))
    return use_from(macro, steps_of(macro, ticket, by=agent), struck=struck, despite=despite)


def use_from(macro: Macro, steps: Sequence[Step], *, struck: Sequence[int] = (), despite: str = "") -> Use:
    """What is left of a macro's steps when those at some places are struck out. despite: as of use_of."""
    left = [step.action for place, step in enumerate(steps) if step.action and place not in struck]
    for action in left:
        action.despite = despite
    return Use(macro=macro, actions=left, struck=struck)


def _usable(ticket: Ticket, *, agent: Agent) -> Macros:
    return Macro.objects.visible_to(agent).in_use().for_ticket(ticket)

"""Searching tickets by the words of their messages, notes and files, as far as somebody may see them.

Sight narrows before anything is ranked or cut off: foreign tickets crowd out no hit, and how many there are
changes neither what is found nor how long it takes.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from handrail.search.queries import Sight, owners_matching
from handrail.search.vocabulary import resembling
from handrail.search.words import plain
from handrail.team.models import Agent
from handrail.tickets.models import Ticket
from handrail.tickets.queries.filtering import Filters

#: What colleagues may search; customers never search notes.
COLLEAGUES_READ = ("message", "note", "file")
#: So many other readings of what was typed are tried.
READINGS = 3


def found_ids(words: str, *, agent: Agent, limit: int, among: "QuerySet[Ticket] | None" = None) -> list[UUID]:
    """The ids of tickets that hold all the words and that the agent may see, best first.

    among: visible tickets to which the search is narrowed.
    """
    sight = sight_of(agent) if among is None else Sight(scopes=agent.brand_ids, among=among)
    return owners_matching(words, kinds=COLLEAGUES_READ, sight=sight, limit=limit)


def sight_of(agent: Agent) -> Sight:
    """The agent's brands; who sees only a part of their tickets is narrowed to those."""
    if agent.may("tickets.see_all"):
        return Sight(scopes=agent.brand_ids)
    return Sight(scopes=agent.brand_ids, among=Ticket.objects.visible_to(agent))


def meant(words: str, *, agent: Agent, limit: int) -> tuple[str, list[UUID]]:
    """What may have been meant instead, and the tickets that hold it; empty when nothing is found by it.

    Only words that lead to a ticket the agent may see are told: others would tell of foreign tickets.
    """
    for other in _readings(plain(words).split()):
        if found := found_ids(other, agent=agent, limit=limit):
            return other, found
    return "", []


def meant_by(filters: Filters, *, agent: Agent, found: int) -> str:
    """Other words for who typed nothing but words and found nothing by them; empty when none find more."""
    if found or not filters.words or filters.words != filters.text:
        return ""
    return meant(filters.words, agent=agent, limit=1)[0]


def _readings(words: Sequence[str]) -> list[str]:
    """The same words with one slip taken back, or with all of them."""
    likely = resembling(words)
    if not likely:
        return []
    together = " ".join(likely.get(word, [word])[0] for word in words)
    apart = [
        " ".join(other if each == word else each for each in words)
        for word, others in likely.items()
        for other in others
    ]
    return list(dict.fromkeys([together, *apart]))[:READINGS]

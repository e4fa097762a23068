"""Where a ticket stands in a view, and which ones stand beside it; one query."""

from dataclasses import dataclass

from handrail.team.models import Agent
from handrail.tickets.queries.built_in import View
from handrail.tickets.queries.filtering import Filters
from handrail.tickets.queries.listing import in_order

#: Nobody goes further through a view one by one.
FURTHEST = 1000


@dataclass(frozen=True, kw_only=True)
class Place:
    """position: counted from 1. total: of the whole view; FURTHEST + 1 stands for more."""

    position: int
    total: int
    before: int | None
    after: int | None

    @property
    def is_more(self) -> bool:
        return self.total > FURTHEST


def place_of(number: int, view: View, *, filters: Filters, agent: Agent) -> Place | None:
    """The place of a ticket; None when it does not stand among the first ones of the view."""
    found = in_order(view, filters=filters, agent=agent).values_list("number", flat=True)
    numbers = list(found[: FURTHEST + 1])
    if number not in numbers:
        return None
    at = numbers.index(number)
    return Place(
        position=at + 1,
        total=len(numbers),
        before=numbers[at - 1] if at else None,
        after=numbers[at + 1] if at + 1 < len(numbers) else None,
    )

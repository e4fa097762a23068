"""How far an order is, and what became of its tickets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from handrail.team.models import Agent
from handrail.tickets.models.bulk import BulkItem, BulkOrder

#: So many tickets with trouble are listed at once.
LISTED = 200
_STATES = BulkItem.State


@dataclass(frozen=True, kw_only=True)
class Progress:
    """counts: tickets by what became of them. left: how long it will take; None while nobody can tell."""

    order: BulkOrder
    counts: Mapping[str, int]
    left: timedelta | None

    @property
    def settled(self) -> int:
        """How many have had their turn: forwards, or on the way back."""
        if self.order.state in (BulkOrder.State.REVERTING, BulkOrder.State.REVERTED):
            return self.of(_STATES.REVERTED) + self.of(_STATES.KEPT)
        return self.order.total - self.of(_STATES.WAITING)

    @property
    def whole(self) -> int:
        """Of how many."""
        if self.order.state in (BulkOrder.State.REVERTING, BulkOrder.State.REVERTED):
            return self.settled + self.of(_STATES.DONE)
        return self.order.total

    @property
    def can_be_reverted(self) -> bool:
        """Whether there is something to take back."""
        at_rest = self.order.state in (BulkOrder.State.DONE, BulkOrder.State.STOPPED)
        return at_rest and self.of(_STATES.DONE) > 0

    @property
    def can_go_on(self) -> bool:
        return self.order.state == BulkOrder.State.STOPPED and self.of(_STATES.WAITING) > 0

    def of(self, state: str) -> int:
        return self.counts.get(state, 0)


def progress_of(order: BulkOrder, *, at: datetime) -> Progress:
    """How far it is at this moment."""
    rows = order.items.order_by().values_list("state").annotate(number=Count("id"))
    progress = Progress(order=order, counts=dict(rows), left=None)
    settled, whole = progress.settled, progress.whole
    if not order.is_under_way or not order.began_at or settled < 1:
        return progress
    each = (at - order.began_at) / settled
    return Progress(order=order, counts=progress.counts, left=each * (whole - settled))


def troubles_of(order: BulkOrder) -> list[BulkItem]:
    """The tickets on which it could not be done, or not be taken back."""
    wrong = order.items.filter(state__in=[_STATES.FAILED, _STATES.KEPT]).exclude(trouble="")
    return list(wrong.order_by("id")[:LISTED])


def orders_of(agent: Agent) -> list[BulkOrder]:
    """An agent's latest orders that were begun."""
    begun = BulkOrder.objects.filter(by=agent).exclude(state=BulkOrder.State.PLANNED)
    return list(begun.order_by("-made_at")[:50])

"""What an order would change, before anything happens: every ticket is looked at, none is touched."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from handrail.team.models import Agent
from handrail.tickets.bulk.loading import loaded
from handrail.tickets.doing import Action, Change, Unfit
from handrail.tickets.models import Ticket
from handrail.tickets.models.bulk import BulkOrder

#: So many tickets are shown one by one, and so many that cannot be done.
SHOWN, REFUSALS_SHOWN = 20, 20
#: So many are looked at; of a larger order the rest is foreseen from these.
LOOKED_AT = 5_000


@dataclass(frozen=True, kw_only=True)
class Example:
    """One ticket, what would change on it, or why nothing can. held: something open stands in the way."""

    ticket: Ticket
    changes: tuple[Change, ...] = ()
    trouble: str = ""
    held: bool = False


@dataclass(kw_only=True)
class Foresight:
    """looked_at: how many tickets; changing, same, refused, held: what would become of them.

    held: they would end, while tickets or tasks are open.

    changes: how often each change happens, the most frequent first.
    """

    looked_at: int = 0
    changing: int = 0
    same: int = 0
    refused: int = 0
    held: int = 0
    examples: list[Example] = field(default_factory=list)
    refusals: list[Example] = field(default_factory=list)
    held_up: list[Example] = field(default_factory=list)
    counts: Counter[Change] = field(default_factory=Counter)

    @property
    def changes(self) -> list[tuple[Change, int]]:
        return self.counts.most_common(12)

    def add(self, example: Example) -> None:
        """Count one ticket."""
        self.looked_at += 1
        if example.trouble:
            self.refused += 1
            if len(self.refusals) < REFUSALS_SHOWN:
                self.refusals.append(example)
        elif example.held:
            self.held += 1
            if len(self.held_up) < REFUSALS_SHOWN:
                self.held_up.append(example)
        elif example.changes:
            self.changing += 1
            self.counts.update(example.changes)
            if len(self.examples) < SHOWN:
                self.examples.append(example)
        else:
            self.same += 1


def foreseen(order: BulkOrder, actions: Sequence[Action], *, by: Agent) -> Foresight:
    """The difference it would make."""
    foresight = Foresight()
    _know_each_other(actions)
    for tickets in _batches_of(order, by=by):
        held = {key for action in actions for key in action.held_among(tickets)}
        for ticket in tickets:
            foresight.add(_looked_at(ticket, actions, held=ticket.pk in held))
    foresight.held_up = [_named(example, actions, by=by) for example in foresight.held_up]
    return foresight


def _know_each_other(actions: Sequence[Action]) -> None:
    """Each knows what those before it open."""
    opened: list[str] = []
    for action in actions:
        action.opened = tuple(opened)
        opened += action.opens


def _looked_at(ticket: Ticket, actions: Sequence[Action], *, held: bool) -> Example:
    try:
        changes = [action.change(ticket) for action in actions]
    except Unfit as unfit:
        return Example(ticket=ticket, trouble=str(unfit))
    return Example(ticket=ticket, changes=tuple(change for change in changes if change), held=held)


def _named(example: Example, actions: Sequence[Action], *, by: Agent) -> Example:
    """The same with what stands in the way."""
    what = next((found for action in actions if (found := action.held_up(example.ticket, by=by))), "")
    return replace(example, trouble=what)


def _batches_of(order: BulkOrder, *, by: Agent) -> Iterator[list[Ticket]]:
    keys = list(order.items.order_by("id").values_list("ticket_id", flat=True)[:LOOKED_AT])
    for start in range(0, len(keys), 1_000):
        yield list(loaded(keys[start : start + 1_000], by=by).values())

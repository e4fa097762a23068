"""The tickets of an order: picked one by one, or all that a question finds but a few."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from handrail.search.language import parse
from handrail.team.models import Agent
from handrail.tickets.models import Ticket
from handrail.tickets.models.bulk import BulkItem, BulkOrder
from handrail.tickets.queries.asking import asker_of
from handrail.tickets.queries.vocabulary import TICKETS

#: An order has no more tickets.
AT_MOST = 50_000
_AT_ONCE = 5_000


class NothingChosen(Exception):
    """No ticket that this agent may see is left."""


class TooMany(Exception):
    """More than AT_MOST; args[0] is how many."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """numbers: those picked; empty means all that `question` finds, without those of `apart_from`."""

    numbers: Sequence[int] = ()
    question: str = ""
    apart_from: Collection[int] = field(default_factory=tuple)


@transaction.atomic
def order(choice: Choice, *, by: Agent, at: datetime) -> BulkOrder:
    """An order for these tickets, as they are found now. Nothing is done yet.

    What the agent may not see is left out without a word (S-020). Raises NothingChosen, TooMany, and
    Malformed of the language of filters.
    """
    tickets = chosen(choice, by=by, at=at)
    pairs = list(tickets.order_by("id").values_list("pk", "number")[: AT_MOST + 1])
    if not pairs:
        raise NothingChosen
    if len(pairs) > AT_MOST:
        raise TooMany(tickets.count())
    made = BulkOrder.objects.create(
        by=by, chosen="" if choice.numbers else choice.question[:1000], total=len(pairs), made_at=at
    )
    items = [BulkItem(order=made, ticket_id=key, number=number) for key, number in pairs]
    BulkItem.objects.bulk_create(items, batch_size=_AT_ONCE)
    return made


def chosen(choice: Choice, *, by: Agent, at: datetime) -> "QuerySet[Ticket, Any]":
    """The tickets a choice stands for, as far as the agent may see them."""
    seen: QuerySet[Ticket] = Ticket.objects.visible_to(by)
    if choice.numbers:
        return seen.filter(number__in=list(choice.numbers)[: AT_MOST + 1])
    wanted = TICKETS.condition(parse(choice.question), asker_of(by, at=at))
    return seen.filter(wanted).exclude(number__in=list(choice.apart_from))

"""Whoever was given tickets by work on many is told once, of all of them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max
from django.db.models.fields.json import KeyTextTransform

from handrail.events import publish
from handrail.tickets.events import TicketsGiven
from handrail.tickets.models.bulk import BulkItem, BulkOrder


def tell(order: BulkOrder, *, at: datetime) -> None:
    """To be called when it has ended, in that transaction."""
    reverted = order.state == BulkOrder.State.REVERTED
    side = "was" if reverted else "now"
    state = BulkItem.State.REVERTED if reverted else BulkItem.State.DONE
    rows = order.items.filter(state=state, **{f"{side}__has_key": "owner"}).order_by()
    given = rows.annotate(owner=KeyTextTransform("owner", side)).values_list("owner")
    for owner, tickets, number in given.annotate(tickets=Count("id"), number=Max("number")):
        if owner and UUID(owner) != order.by_id:
            publish(
                TicketsGiven(
                    order_id=order.pk,
                    by_agent_id=order.by_id,
                    to_agent_id=UUID(owner),
                    ticket_id=rows.get(number=number).ticket_id,
                    tickets=tickets,
                    at=at,
                )
            )

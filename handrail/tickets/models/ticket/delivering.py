"""A ticket's answers on their way to the customer."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from handrail.tickets.events import DeliveryChanged
from handrail.tickets.models.message import Message
from handrail.tickets.models.ticket.base import TicketBase

#: Each mail that leaves ends here, so the SQL is not built anew each time. While it left, its ticket may have
#: been merged: the message counts, wherever it lies.
_KEEP = """
    UPDATE tickets_message SET delivery = %s, delivery_detail = %s, deliveries = %s::jsonb
     WHERE id = %s AND kind = 'reply'
       AND (delivery, delivery_detail, deliveries) IS DISTINCT FROM (%s, %s, %s::jsonb)
"""


class Delivering(TicketBase):
    """A ticket keeps under which id and to whom an answer leaves, and what is known about its way."""

    class Meta:
        abstract = True

    @transaction.atomic
    def send_as(self, message: Message, *, external_id: str, to: Sequence[tuple[str, str]]) -> None:
        """Keep the id and the recipients that the channel gives an answer; called once, before it leaves."""
        message.external_id, message.to = external_id, [list(pair) for pair in to]
        Message.objects.filter(pk=message.pk, ticket_id=self.pk, kind=Message.Kind.REPLY).update(
            external_id=message.external_id, to=message.to
        )

    @transaction.atomic(savepoint=False)
    def record_delivery(
        self,
        message: Message,
        *,
        state: Message.Delivery,
        detail: str = "",
        recipients: Sequence[Mapping[str, str]] = (),
        at: datetime,
    ) -> None:
        """Keep what became of an answer; the same again changes nothing.

        recipients: for each the address, state, detail and at.
        """
        known = (state.value, detail[:500], json.dumps(list(recipients)))
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, [*known, message.pk, *known])
            if not cursor.rowcount:
                return
        message.delivery, message.delivery_detail = state, detail[:500]
        self.tell(
            DeliveryChanged(ticket_id=self.pk, message_id=message.pk, state=state.value, detail=detail, at=at)
        )

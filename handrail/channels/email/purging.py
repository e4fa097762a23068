"""The mails of a ticket that is removed for good: as they came, as they left, and whom they went to."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from handrail.channels.email.models import Dispatch, OutgoingMail, RawMail
from handrail.events.blanking import blank
from handrail.files import forgetting
from handrail.tickets.models import Message


def purge_mails_of(ticket_id: UUID, *, at: datetime) -> None:
    """In the transaction that removes the ticket, before its messages go."""
    messages = list(Message.objects.filter(ticket=ticket_id).order_by().values_list("pk", flat=True))
    mails = RawMail.purge(messages)
    OutgoingMail.objects.filter(Q(message__in=messages) | Q(dispatch__ticket=ticket_id)).delete()
    hung = Dispatch.files.through.objects.filter(dispatch__ticket=ticket_id)
    files = set(hung.values_list("storedfile_id", flat=True))
    Dispatch.objects.filter(ticket=ticket_id).delete()
    forgetting.forget(files, at=at)
    blank(mails)

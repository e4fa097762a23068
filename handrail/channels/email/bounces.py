"""A report from another server says what became of a mail of ours, for which recipient."""

from datetime import datetime
from uuid import UUID

from handrail.channels.email import deliveries
from handrail.channels.email.inbound import ReadMail
from handrail.channels.email.kinds import Kind
from handrail.channels.email.models import OutgoingMail
from handrail.kit.text import one_line
from handrail.tickets.models import Message

_KINDS = {
    "failed": deliveries.BOUNCED,
    "delivered": deliveries.DELIVERED,
    "delayed": deliveries.DELAYED,
}


def note(read: ReadMail, *, ticket_id: UUID | None = None, at: datetime) -> None:
    """Write down what the report says. ticket_id: only an answer on that ticket is believed to be meant.

    Without a ticket only mails without one are meant: letters, acknowledgements.
    """
    report = read.report
    if read.kind is not Kind.BOUNCE or report is None or not _is_meant(report.message_id, ticket_id):
        return
    for delivery in report.deliveries:
        if kind := _KINDS.get(delivery.action):
            detail = one_line(f"{delivery.address} {delivery.status}", limit=500)
            deliveries.delivery_reported(
                message_id=report.message_id, recipient=delivery.address, kind=kind, detail=detail, at=at
            )


def is_on_a_letter(read: ReadMail) -> bool:
    """Whether this reports on a mail of ours that stands on no ticket."""
    report = read.report
    about = report.message_id if report and read.kind is Kind.BOUNCE else ""
    return bool(about) and OutgoingMail.objects.filter(rfc_message_id=about, message=None).exists()


def _is_meant(message_id: str, ticket_id: UUID | None) -> bool:
    if ticket_id is None:
        return True
    answers = Message.objects.filter(ticket=ticket_id, kind=Message.Kind.REPLY, external_id=message_id)
    return bool(message_id) and answers.exists()

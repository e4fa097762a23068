"""A bounce that found its ticket says which answer did not arrive, and to whom."""

from datetime import datetime

from handrail.channels.email.inbound import ReadMail
from handrail.channels.email.kinds import Kind
from handrail.kit.text import one_line
from handrail.tickets.models import Message, Ticket


def note(read: ReadMail, ticket: Ticket, *, at: datetime) -> None:
    """Mark the answer as come back: only one of the ticket that the bounce itself could join."""
    report = read.report
    if read.kind is not Kind.BOUNCE or report is None:
        return
    failed = [f"{each.address} {each.status}" for each in report.deliveries if each.action == "failed"]
    answers = Message.objects.filter(ticket=ticket, kind=Message.Kind.REPLY, external_id=report.message_id)
    if failed and report.message_id and (answer := answers.first()):
        detail = one_line("; ".join(failed), limit=500)
        ticket.record_delivery(answer, state=Message.Delivery.BOUNCED, detail=detail, at=at)

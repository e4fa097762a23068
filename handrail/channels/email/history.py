"""History: mail from before this desk. It becomes closed tickets at its own times, and nobody is told."""

from handrail.tickets.models import Message, Ticket

REASON = "Taken over as history"


def lay_down(message: Message) -> None:
    """Close the ticket that a message of history opened, or opened again, at the message's own time."""
    ticket = Ticket.objects.get(pk=message.ticket_id)
    if not ticket.is_done:
        ticket.close(by=None, reason=REASON, at=message.at)

"""What must be true at once when something happened to a ticket: the search index, tasks that are tickets."""

from collections.abc import Sequence

from handrail.events import reacts_to
from handrail.tickets import texts
from handrail.tickets.checklists import referring
from handrail.tickets.events import (
    MessageJoined,
    MessageReceived,
    MessagesMoved,
    NoteWritten,
    ReplyWithdrawn,
    ReplyWritten,
    StatusChanged,
    TicketDeleted,
    TicketPurged,
    TicketRestored,
)

Said = MessageReceived | MessageJoined | ReplyWritten | NoteWritten


@reacts_to(MessageReceived, MessageJoined, ReplyWritten, NoteWritten, together=True)
def index_the_messages(
    events: Sequence[MessageReceived | MessageJoined | ReplyWritten | NoteWritten],
) -> None:
    texts.index([event.message_id for event in events])


@reacts_to(MessagesMoved)
def index_what_moved(event: MessagesMoved) -> None:
    """A hit leads to the ticket where the message lies; the number it was written to finds it as well."""
    texts.index(event.message_ids)


@reacts_to(ReplyWithdrawn)
def forget_the_message(event: ReplyWithdrawn) -> None:
    texts.forget(event.message_id)


@reacts_to(StatusChanged)
def settle_the_tasks_that_are_this_ticket(event: StatusChanged) -> None:
    referring.settle(event)


@reacts_to(TicketPurged)
def keep_the_tasks_that_were_this_ticket(event: TicketPurged) -> None:
    """Those with words of their own; the others were nothing but that ticket, and go with it."""
    referring.let_go(event.ticket_id)


@reacts_to(TicketDeleted)
def forget_the_ticket(event: TicketDeleted) -> None:
    texts.forget_ticket(event.ticket_id)


@reacts_to(TicketRestored)
def index_the_ticket(event: TicketRestored) -> None:
    texts.index_ticket(event.ticket_id)

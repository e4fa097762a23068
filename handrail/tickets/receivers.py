"""What must be true at once when something happened to a ticket: the search index holds the words.

Notes are indexed apart from public messages, so that no search of a customer can reach them.
"""

from handrail.events import reacts_to
from handrail.search import indexing
from handrail.tickets.events import MessageReceived, NoteWritten, ReplyWithdrawn, ReplyWritten
from handrail.tickets.models import Message


@reacts_to(MessageReceived, ReplyWritten, NoteWritten)
def index_the_message(event: MessageReceived | ReplyWritten | NoteWritten) -> None:
    message = Message.objects.select_related("ticket", "person", "agent").get(pk=event.message_id)
    title = f"{message.ticket.number} {message.ticket.subject} {message.author_name} {message.sender}"
    kind = "note" if message.is_note else "message"
    indexing.put(
        kind=kind, key=message.pk, owner=message.ticket_id, at=message.at, title=title, body=message.text
    )


@reacts_to(ReplyWithdrawn)
def forget_the_message(event: ReplyWithdrawn) -> None:
    indexing.drop(kind="message", key=event.message_id)

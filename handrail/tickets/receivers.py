"""What must be true at once when something happened to a ticket: the search index holds the words.

Notes are indexed apart from public messages, so that no search of a customer can reach them.
"""

from handrail.events import reacts_to
from handrail.search import indexing
from handrail.tickets.events import MessageReceived, NoteWritten, ReplyWithdrawn, ReplyWritten
from handrail.tickets.models import Message


@reacts_to(MessageReceived, ReplyWritten, NoteWritten)
def index_the_message(event: MessageReceived | ReplyWritten | NoteWritten) -> None:
    row = Message.objects.values_list(*_TITLES, "kind", "at", "text", "extras__inside").get(
        pk=event.message_id
    )
    *titles, kind, at, text, inside = row
    title = " ".join(str(words) for words in titles if words)
    kind = "note" if kind == Message.Kind.NOTE else "message"
    body = f"{text}\n{inside}" if inside else text
    indexing.put(kind=kind, key=event.message_id, owner=event.ticket_id, at=at, title=title, body=body)


#: What a message is found by beside its words: columns, since a whole message would cost more than the index.
_TITLES = ("ticket__number", "ticket__subject", "agent__name", "person__name", "sender")


@reacts_to(ReplyWithdrawn)
def forget_the_message(event: ReplyWithdrawn) -> None:
    indexing.drop(kind="message", key=event.message_id)

"""What must be true at once when something happened to a ticket: the search index holds the words.

Notes are indexed apart from public messages, so that no search of a customer can reach them.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from handrail.events import reacts_to
from handrail.search import indexing
from handrail.search.indexing import Text
from handrail.tickets.events import (
    MessageJoined,
    MessageReceived,
    MessagesMoved,
    NoteWritten,
    ReplyWithdrawn,
    ReplyWritten,
)
from handrail.tickets.models import Message

Said = MessageReceived | MessageJoined | ReplyWritten | NoteWritten


@reacts_to(MessageReceived, MessageJoined, ReplyWritten, NoteWritten, together=True)
def index_the_messages(
    events: Sequence[MessageReceived | MessageJoined | ReplyWritten | NoteWritten],
) -> None:
    _index([event.message_id for event in events])


@reacts_to(MessagesMoved)
def index_what_moved(event: MessagesMoved) -> None:
    """A hit leads to the ticket where the message lies; the number it was written to finds it as well."""
    for start in range(0, len(event.message_ids), AT_ONCE):
        _index(event.message_ids[start : start + AT_ONCE])


def _index(message_ids: Sequence[UUID]) -> None:
    rows = Message.objects.filter(pk__in=message_ids).order_by()
    indexing.put([_text_of(*row) for row in rows.values_list(*_COLUMNS, *_TITLES)])


def _text_of(
    key: UUID,
    owner: UUID,
    scope: UUID,
    kind: str,
    at: datetime,
    text: str,
    inside: str | None,
    *titles: object,
) -> Text:
    title = " ".join(str(words) for words in titles if words)
    kind = "note" if kind == Message.Kind.NOTE else "message"
    body = f"{text}\n{inside}" if inside else text
    return Text(kind=kind, key=key, owner=owner, scope=scope, at=at, title=title, body=body)


_COLUMNS = ("id", "ticket_id", "ticket__brand_id", "kind", "at", "text", "extras__inside")
#: What a message is found by beside its words: columns, since a whole message would cost more than the index.
_TITLES = (
    "ticket__number",
    "ticket__subject",
    "home__number",
    "home__subject",
    "agent__name",
    "person__name",
    "sender",
)
#: So many texts are indexed by one statement.
AT_ONCE = 500


@reacts_to(ReplyWithdrawn)
def forget_the_message(event: ReplyWithdrawn) -> None:
    indexing.drop(kind="message", key=event.message_id)

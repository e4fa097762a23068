"""What of a ticket can be searched: the words of its messages and notes, the names and texts of their files.

Notes are indexed apart from public messages, so that no search of a customer can reach them. The files of a
message are one text, and only colleagues search it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from handrail.files.models import StoredFile
from handrail.files.reading import beginning_of
from handrail.files.words import is_document, known_words, read_words
from handrail.kit import html
from handrail.kit.prepared import Prepared
from handrail.search import indexing
from handrail.search.indexing import Text
from handrail.tickets import jobs
from handrail.tickets.models import Attachment, Message
from handrail.tickets.models.categories import TRASHED

#: No words of documents.
NOTHING_READ: Mapping[str, str] = {}
#: So many texts are indexed by one statement.
AT_ONCE = 500
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


def index(message_ids: Sequence[UUID]) -> None:
    """Index these messages with their files, or index them anew."""
    for start in range(0, len(message_ids), AT_ONCE):
        some = message_ids[start : start + AT_ONCE]
        if len(some) == 1:  # what somebody waits for: one word, seldom with files
            rows, has_files = _ROWS.rows(message=some[0]), bool(_FILES.rows(message=some[0]))
        else:
            rows, has_files = list(_rows(some)), True
        texts = [_text_of(*row) for row in rows]
        indexing.put([*texts, *_files_of(texts)] if has_files else texts)


def read_documents(message_id: UUID, *, at: datetime) -> None:
    """Read the documents on a message that nobody read yet; then they are found by their words."""
    rows = Attachment.objects.filter(message=message_id, inline=False).select_related("stored")
    if read_words([each.stored for each in rows], at=at):
        index([message_id])


def forget(message_id: UUID) -> None:
    """The message was never sent: neither it nor its files are found any more."""
    for kind in ("message", "file"):
        indexing.drop(kind=kind, key=message_id)


def forget_ticket(ticket_id: UUID) -> None:
    """Nothing of the ticket is found any more."""
    indexing.drop_all(ticket_id)


def index_ticket(ticket_id: UUID) -> None:
    """Everything that lies on it is found again."""
    index(list(Message.objects.filter(ticket=ticket_id).order_by().values_list("pk", flat=True)))


def _rows(messages: Sequence[UUID]) -> "QuerySet[Any, Any]":
    rows = Message.objects.filter(pk__in=messages).exclude(ticket__status=TRASHED).order_by()
    return rows.values_list(*_COLUMNS, *_TITLES)


_ROWS = Prepared(lambda message: _rows([message]))
_FILES = Prepared(
    lambda message: Attachment.objects.filter(message=message, inline=False).values_list("pk")[:1]
)


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


def _files_of(texts: Sequence[Text]) -> list[Text]:
    """A text of each message's files. Documents that nobody read yet are read by a job, and found then."""
    by_key = {text.key: text for text in texts}
    files = _attached_to(texts)
    known = known_words(each for those in files.values() for each in those)
    unread = [key for key, those in files.items() if any(_is_unread(each, known) for each in those)]
    jobs.read_documents.defer_many([{"message_id": str(key)} for key in unread])
    return [text_of_files(by_key[key], those, known) for key, those in files.items()]


def _attached_to(texts: Sequence[Text]) -> dict[UUID, list[StoredFile]]:
    """The files on these messages, by the message."""
    found: dict[UUID, list[StoredFile]] = {}
    rows = Attachment.objects.filter(message__in=[text.key for text in texts], inline=False)
    for attachment in rows.select_related("stored"):
        found.setdefault(attachment.message_id, []).append(attachment.stored)
    return found


def _is_unread(stored: StoredFile, known: Mapping[str, str]) -> bool:
    return is_document(stored) and stored.sha256 not in known and not stored.is_kept_away


def text_of_files(text: Text, files: Sequence[StoredFile], known: Mapping[str, str] = NOTHING_READ) -> Text:
    """The names and words of the files on a message, as one text beside the message's own.

    known: the words of documents by the hash of their bytes.
    """
    names = " ".join(file.name for file in files)
    body = "\n".join(known.get(file.sha256) or _words_of(file) for file in files)
    return Text(
        kind="file", key=text.key, owner=text.owner, scope=text.scope, at=text.at, title=names, body=body
    )


def _words_of(file: StoredFile) -> str:
    """What the beginning of a text file says; html without its tags. Nothing of any other file."""
    beginning = beginning_of(file)
    if beginning is None:
        return ""
    return html.text(beginning.text) if file.type == "text/html" else beginning.text

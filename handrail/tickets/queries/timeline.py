"""The timeline of a ticket: messages, notes and what happened, oldest first, newest page first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Coalesce, JSONObject, Left
from django.utils.safestring import SafeString

from handrail.files.types import SHOWN_INLINE
from handrail.tickets.models import Attachment, Message, Ticket
from handrail.tickets.queries.reading import as_html, own_words
from handrail.tickets.queries.telling import Told, told_about

#: So many messages are shown at once; earlier ones come on demand.
PAGE = 30
#: A timeline that grows while somebody reads it shows no more than that.
AT_MOST = 300
#: Pictures with more bytes are offered for download only.
PREVIEW_LIMIT = 3_000_000
#: A longer text is cut in the timeline.
SHOWN_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Chip:
    """A file on a message."""

    id: UUID
    name: str
    type: str
    bytes: int
    inline: bool

    @property
    def is_picture(self) -> bool:
        """Whether it may be shown small in the timeline."""
        return self.type in SHOWN_INLINE and self.bytes <= PREVIEW_LIMIT


@dataclass(frozen=True, slots=True)
class Said:
    """A message or a note as the timeline shows it.

    text: what the writer newly wrote. quoted: the history below it, folded away. has_html: a foreign mail
    with a look of its own, which is shown in a frame. own_html: what a colleague wrote in our editor.
    """

    id: UUID
    kind: str
    author: str
    address: str
    standing: str
    automatic: str
    to: list[list[str]]
    cc: list[list[str]]
    text: str
    quoted: str
    has_html: bool
    own_html: str
    delivery: str
    delivery_detail: str
    due_at: datetime | None
    at: datetime
    agent_id: UUID | None
    files: tuple[Chip, ...]

    @property
    def words(self) -> SafeString:
        """What the writer newly wrote, as safe html."""
        return own_words(self.own_html) if self.own_html else as_html(self.text)

    @property
    def quoted_words(self) -> SafeString:
        return as_html(self.quoted)

    @property
    def shown_files(self) -> list[Chip]:
        """Pictures inside the text are seen there; everything else is a chip."""
        return [chip for chip in self.files if not (chip.inline and self.has_html)]


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """items: messages and events in order. earlier: how many messages came before them."""

    items: list[Said | Told]
    earlier: int
    first_id: UUID | None
    newest_heard: UUID | None


def timeline_of(
    ticket: Ticket, *, start: UUID | None = None, before: UUID | None = None, limit: int = PAGE
) -> Timeline:
    """The newest messages with the events around them.

    start: begin with this message, so that what somebody reads stays while new ones come.
    before: the messages that came before this one, for those who ask for earlier ones.
    """
    rows = Message.objects.filter(ticket=ticket)
    if start:
        rows, limit = rows.filter(id__gte=start), AT_MOST
    if before:
        rows = rows.filter(id__lt=before)
    said = [_said(row) for row in _columns(rows.order_by("-id")[: limit + 1])]
    has_earlier, said = len(said) > limit, said[:limit][::-1]
    first = said[0].id if said else None
    whole = not has_earlier and not start
    return Timeline(
        items=_merged(said, _events_around(ticket, said, before=before, from_start=whole)),
        earlier=rows.filter(id__lt=first).count() if has_earlier else 0,
        first_id=first,
        newest_heard=next((each.id for each in reversed(said) if each.kind != "note"), None),
    )


def _events_around(ticket: Ticket, said: list[Said], *, before: UUID | None, from_start: bool) -> list[Told]:
    """The events that belong between the shown messages; those after the newest too unless `before`."""
    start = None if from_start or not said else said[0].at
    end = said[-1].at if before and said else None
    told = told_about(ticket)
    return [each for each in told if (not start or each.at >= start) and (not end or each.at <= end)]


def _merged(said: list[Said], told: list[Told]) -> list[Said | Told]:
    both: list[Said | Told] = [*said, *told]
    return sorted(both, key=lambda item: item.at)  # stable: a message stands before what it caused


def _columns(rows: Any) -> Any:
    files = (
        Attachment.objects.filter(message=OuterRef("pk"))
        .order_by("id")
        .values(
            file=JSONObject(
                id="id", name="stored__name", type="stored__type", bytes="stored__bytes", inline="inline"
            )
        )
    )
    return rows.annotate(
        author=Coalesce("agent__name", "person__name"),
        shown=Left("text", SHOWN_CHARACTERS),
        new=Left("reply_text", SHOWN_CHARACTERS),
        foreign_html=Q(kind="customer") & ~Q(html=""),
        own_html=Case(When(kind="customer", then=Value("", TextField())), default="html"),
        files=ArraySubquery(files),
    ).values_list(
        "id",
        "kind",
        "author",
        "sender",
        "standing",
        "automatic",
        "to",
        "cc",
        "shown",
        "new",
        "foreign_html",
        "own_html",
        "delivery",
        "delivery_detail",
        "due_at",
        "at",
        "agent_id",
        "files",
    )


def _said(row: tuple[Any, ...]) -> Said:
    *head, text, new, foreign_html, own_html, delivery, detail, due_at, at, agent_id, files = row
    shown, quoted = _parted(text, new)
    chips = tuple(Chip(UUID(file.pop("id")), **file) for file in files)
    rest = (shown, quoted, foreign_html, own_html, delivery, detail, due_at, at, agent_id, chips)
    return Said(*(*head, *rest))


def _parted(text: str, new: str) -> tuple[str, str]:
    """What is new, and the quoted history below it."""
    new = new.strip()
    if not new:
        return text, ""
    if text.strip().startswith(new):
        return new, text.strip()[len(new) :].strip("\n")
    return new, text if len(text) > len(new) + 20 else ""

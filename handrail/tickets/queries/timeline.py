"""The timeline of a ticket: messages, notes and what happened, oldest first, newest page first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce, JSONObject, Left
from django.utils.safestring import SafeString

from handrail.fields.field import Field
from handrail.files.reading import is_text
from handrail.files.types import SHOWN_INLINE
from handrail.kit.html.rendering import Address
from handrail.kit.prepared import Prepared
from handrail.tickets import asides
from handrail.tickets.asides import Offered
from handrail.tickets.models import Attachment, Message
from handrail.tickets.planning import LEAST_AHEAD
from handrail.tickets.queries.telling import NO_FIELDS, Told, continues, told_about
from handrail.tickets.remarks import KEYS, Remarks, remarks_on
from handrail.ui.links import url
from handrail.ui.reading import as_html, own_words

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
    scan: str
    finding: str
    content_id: str = ""

    @property
    def is_kept_away(self) -> bool:
        """Whether a scanner found something in it: nobody gets it."""
        return self.scan == "infected"

    @property
    def is_picture(self) -> bool:
        """Whether it may be shown small in the timeline."""
        return self.type in SHOWN_INLINE and self.bytes <= PREVIEW_LIMIT and not self.is_kept_away

    @property
    def is_text(self) -> bool:
        """Whether one may look into it without saving it."""
        return is_text(self.type) and self.bytes > 0 and not self.is_kept_away


@dataclass(frozen=True, slots=True)
class Way:
    """What became of an answer for one of its recipients, and since when."""

    address: str
    state: str
    detail: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """A message or a note as the timeline shows it.

    text: what the writer newly wrote. quoted: the history below it, folded away. cut: there is more of it.
    has_html: a foreign mail with a look of its own, which is shown in a frame. own_html: what a colleague
    wrote in our editor.
    """

    id: UUID
    kind: str
    author: str
    address: str
    standing: str
    automatic: str
    to: list[list[str]]
    cc: list[list[str]]
    bcc: list[list[str]]
    text: str
    quoted: str
    has_html: bool
    own_html: str
    delivery: str
    delivery_detail: str
    ways: tuple[Way, ...]
    due_at: datetime | None
    at: datetime
    agent_id: UUID | None
    files: tuple[Chip, ...]
    cut: bool
    channel: str
    home: int | None
    remarks: Remarks

    @property
    def folds(self) -> list[Offered]:
        """What its channel tells about it when asked."""
        return asides.folds_under(self.channel, self.id) if self.kind == Message.Kind.CUSTOMER else []

    @property
    def event_panels(self) -> list[Offered]:
        """What its channel offers where it invites to something, or may belong elsewhere."""
        invites = self.remarks.event is not None and self.remarks.event.method == "request"
        found = asides.panels_of_event(self.channel, self.id) if invites else []
        return [*found, *(asides.panels_of_doubt(self.channel, self.id) if self.remarks.perhaps else ())]

    @property
    def is_planned(self) -> bool:
        """Whether the writer chose when it leaves: nobody can take an answer back for so long otherwise."""
        return self.due_at is not None and self.due_at - self.at >= LEAST_AHEAD

    @property
    def only_signed(self) -> bool:
        """Whether nothing but a signature stands below the new words."""
        return self.quoted.lstrip().startswith("-- \n") and "\n>" not in self.quoted

    def words_on(self, number: int) -> SafeString:
        """What the writer newly wrote, as safe html. number: of the ticket it is shown on."""
        if not self.own_html:
            return as_html(self.text)
        return own_words(self.own_html, picture=pictures_among(self.files, number=number))

    @property
    def quoted_words(self) -> SafeString:
        return as_html(self.quoted)

    @property
    def shown_files(self) -> list[Chip]:
        """Pictures inside the text are seen there; everything else is a chip."""
        has_look = self.has_html or self.own_html
        return [chip for chip in self.files if not (chip.inline and has_look)]


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """items: messages and events in order. earlier: how many messages came before them."""

    items: list[Said | Told]
    earlier: int
    first_id: UUID | None
    newest_heard: UUID | None

    @property
    def heard_at(self) -> datetime | None:
        """When a customer last wrote, as far as shown."""
        said = [each.at for each in self.items if isinstance(each, Said) and each.kind == "customer"]
        return said[-1] if said else None


def pictures_among(files: Sequence[Chip], *, number: int) -> Address:
    """Where the pictures inside what a colleague wrote are found: they are files of this ticket."""
    by_id = {chip.content_id: chip.id for chip in files if chip.inline and not chip.is_kept_away}

    def address(content_id: str) -> str | None:
        found = by_id.get(content_id)
        return f"{url('tickets:attachment', number=number, attachment_id=found)}?inline" if found else None

    return address


def timeline_of(
    ticket_id: UUID,
    *,
    start: UUID | None = None,
    before: UUID | None = None,
    limit: int = PAGE,
    fields: Mapping[str, Field] = NO_FIELDS,
) -> Timeline:
    """The newest messages with the events around them.

    start: begin with this message, so that what somebody reads stays while new ones come.
    before: the messages that came before this one, for those who ask for earlier ones. fields: the custom
    fields whose changes the reader may know of.
    """
    limit = AT_MOST if start else limit
    shape = (bool(start), bool(before), limit)
    rows = _MESSAGES.rows(shape=shape, ticket=ticket_id, start=start or _NONE, before=before or _NONE)
    said = [_said(row) for row in rows[:limit]][::-1]
    first = said[0].id if said else None
    whole = len(rows) <= limit and not start
    return Timeline(
        items=_merged(
            said, _between(told_about(ticket_id, fields=fields), said, before=before, from_start=whole)
        ),
        earlier=_number_before(ticket_id, first) if first and len(rows) > limit else 0,
        first_id=first,
        newest_heard=next((each.id for each in reversed(said) if each.kind != "note"), None),
    )


def _number_before(ticket_id: UUID, first: UUID) -> int:
    return Message.objects.filter(ticket=ticket_id, id__lt=first).count()


def _between(told: list[Told], said: list[Said], *, before: UUID | None, from_start: bool) -> list[Told]:
    """The events that belong between the shown messages; those after the newest too unless `before`."""
    start = None if from_start or not said else said[0].at
    end = said[-1].at if before and said else None
    return [each for each in told if (not start or each.at >= start) and (not end or each.at <= end)]


def _merged(said: list[Said], told: list[Told]) -> list[Said | Told]:
    """Both in the order of time; what one person did in one go between two messages becomes one line."""
    both: list[Said | Told] = [*said, *told]
    items: list[Said | Told] = []
    for item in sorted(both, key=lambda each: each.at):  # stable: a message stands before what it caused
        last = items[-1] if items else None
        if isinstance(item, Told) and isinstance(last, Told) and continues(last, item):
            last.deeds += item.deeds
            last.at = item.at
        else:
            items.append(item)
    return items


def _messages(
    *, ticket: UUID, start: UUID, before: UUID, shape: tuple[bool, bool, int]
) -> "QuerySet[Any, Any]":
    with_start, with_before, limit = shape
    rows = Message.objects.filter(ticket=ticket)
    if with_start:
        rows = rows.filter(id__gte=start)
    if with_before:
        rows = rows.filter(id__lt=before)
    return _columns(rows.order_by("-id"))[: limit + 1]


def _columns(rows: "QuerySet[Message]") -> "QuerySet[Any, Any]":
    return rows.annotate(
        author=Coalesce("agent__name", "person__name"),
        shown=Left("text", SHOWN_CHARACTERS),
        new=Left("reply_text", SHOWN_CHARACTERS),
        foreign_html=Q(kind="customer") & ~Q(html=""),
        own_html=Case(When(kind="customer", then=Value("", TextField())), default="html"),
        files=ArraySubquery(_files()),
    ).values_list(*_COLUMNS)


def _files() -> "QuerySet[Any, Any]":
    file = JSONObject(
        id="id",
        name="stored__name",
        type="stored__type",
        bytes="stored__bytes",
        inline="inline",
        scan="stored__scan",
        finding="stored__finding",
        content_id="content_id",
    )
    return Attachment.objects.filter(message=OuterRef("pk")).order_by("id").values(file=file)


#: In the order in which `_said` takes them.
_COLUMNS = (
    "id",
    "kind",
    "author",
    "sender",
    "standing",
    "automatic",
    "to",
    "cc",
    "bcc",
    "shown",
    "new",
    "foreign_html",
    "own_html",
    "delivery",
    "delivery_detail",
    "deliveries",
    "due_at",
    "at",
    "agent_id",
    "files",
    "channel",
    "home__number",
    "sender_state",
    *(f"extras__{name}" for name in KEYS),
)
#: So many columns stand before those that are remarks.
_KNOWN = _COLUMNS.index("channel")
_MESSAGES = Prepared(_messages)
_NONE = UUID(int=0)


def _said(row: tuple[Any, ...]) -> Said:
    row, (channel, home, state), extras = row[:_KNOWN], row[_KNOWN : _KNOWN + 3], row[_KNOWN + 3 :]
    *head, text, new, foreign_html, own_html, delivery, detail, told, due_at, at, agent_id, files = row
    shown, quoted = _parted(text, new)
    chips = tuple(Chip(UUID(file.pop("id")), **file) for file in files)
    cut = len(text) >= SHOWN_CHARACTERS
    ways = tuple(Way(**{**one, "at": datetime.fromisoformat(one["at"])}) for one in told)
    rest = (shown, quoted, foreign_html, own_html, delivery, detail, ways, due_at, at, agent_id, chips, cut)
    remarks = remarks_on(state, dict(zip(KEYS, extras, strict=True)))
    return Said(*(*head, *rest, channel, home, remarks))


def _parted(text: str, new: str) -> tuple[str, str]:
    """What is new, and the quoted history below it."""
    new = new.strip()
    if not new:
        return text, ""
    if text.strip().startswith(new):
        return new, text.strip()[len(new) :].strip("\n")
    return new, text if len(text) > len(new) + 20 else ""

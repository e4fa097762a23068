"""What a customer may read, shaped for the portal's pages. Nothing internal passes here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.accounts.models import Brand, User
from handrail.customers.models import Identity
from handrail.kit.prepared import Prepared, columns_of
from handrail.tickets.models import Attachment, Message, Ticket
from handrail.ui.links import url
from handrail.ui.reading import as_html, own_words

PAGE = 25
#: Stands for whoever has not signed in.
NOBODY = UUID(int=0)
#: A longer text is cut on the page; it can be read whole as a file of its own.
SHOWN_CHARACTERS = 20_000
#: The newest so many messages are shown.
SHOWN_MESSAGES = 200

STATUS_WORDS: dict[str, str | Promise] = {
    "new": gettext_lazy("We have it and will look at it"),
    "open": gettext_lazy("We are working on it"),
    "waiting": gettext_lazy("We answered"),
    "hold": gettext_lazy("We are working on it"),
    "solved": gettext_lazy("Solved"),
    "closed": gettext_lazy("Closed"),
    "merged": gettext_lazy("Joined with another request"),
    "spam": gettext_lazy("Closed"),
}
STATUS_TONES = {"new": "", "open": "handrail", "waiting": "soon", "hold": "handrail"}


@dataclass(frozen=True, kw_only=True)
class Request:
    """A ticket as its customer sees it in a list. last_word_at: of what the customer may read."""

    number: int
    subject: str
    status: str
    last_word_at: datetime

    @property
    def status_words(self) -> str:
        return str(STATUS_WORDS[self.status])

    @property
    def tone(self) -> str:
        return STATUS_TONES.get(self.status, "fine")


@dataclass(frozen=True, kw_only=True)
class File:
    """A file on a message the customer may read."""

    id: UUID
    name: str
    bytes: int
    #: How our own words refer to it where it is a picture inside them.
    content_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Word:
    """One message the customer may read. has_look: a mail with a look of its own, shown in a frame."""

    id: UUID
    ours: bool
    author: str
    words: SafeString
    formatted: bool
    cut: bool
    has_look: bool
    files: tuple[File, ...]
    at: datetime


def shown_to_requester(*, at: datetime) -> "QuerySet[Message]":
    """The messages a requester may read: our answers that left, and words whose writer proved who they are.

    Never notes. Never what a robot or a third party wrote: whoever can make a service write to a ticket of
    theirs would read its secrets here (the ticket trick). Never an answer that can still be withdrawn.
    """
    ours = Q(kind=Message.Kind.REPLY) & (Q(due_at=None) | Q(due_at__lte=at))
    proven = Identity.objects.filter(person=OuterRef("person"), verified_at__isnull=False)
    theirs = Q(Exists(proven), kind=Message.Kind.CUSTOMER, standing=Message.Standing.ON_TICKET, automatic="")
    return Message.objects.filter(ours | theirs)


def _said_to(ticket: Ticket, *, at: datetime) -> "QuerySet[Message]":
    """What this customer may read here: also when tickets of several people were merged, only their own.

    A merged ticket shows what was written to it; what was written since stands on the one it went into.
    """
    here = Q(ticket=ticket, home=None) | Q(ticket=ticket, home__requester=ticket.requester_id)
    return shown_to_requester(at=at).filter(Q(home=ticket) if ticket.merged_into_id else here)


def requests_of(
    user: User, *, words: str = "", closed: bool = False, page: int = 1, at: datetime
) -> list[Request]:
    """One page of this customer's requests and one more if there are further ones, latest word first."""
    tickets = Ticket.objects.requested_by(user)
    if words:
        tickets = tickets.filter(_holding(words, at=at))
    else:
        tickets = tickets.filter(status__in=Ticket.DONE if closed else Ticket.LIVE)
    last = shown_to_requester(at=at).filter(ticket=OuterRef("pk")).order_by()
    latest = last.values("ticket").annotate(latest=Max("at")).values("latest")
    rows = tickets.annotate(last_word_at=Coalesce(latest, "created_at")).order_by("-last_word_at", "-number")
    columns = rows.values("number", "subject", "status", "last_word_at")
    return [Request(**row) for row in columns[(page - 1) * PAGE : page * PAGE + 1]]


def words_on(ticket: Ticket, *, at: datetime) -> list[Word]:
    """What was said on the customer's ticket, oldest first; two queries."""
    messages = _said_to(ticket, at=at).select_related("agent", "person")
    newest = list(messages.order_by("-id")[:SHOWN_MESSAGES])
    files = _files_of(newest)
    return [_word(message, files.get(message.pk, ()), number=ticket.number) for message in reversed(newest)]


def attachment_on(ticket: Ticket, attachment_id: UUID, *, at: datetime) -> Attachment | None:
    """A file of a message that the customer may read."""
    shown = _said_to(ticket, at=at)
    found = Attachment.objects.select_related("stored").filter(message__in=shown, pk=attachment_id)
    return found.first()


def picture_on(ticket: Ticket, stored_id: UUID, *, at: datetime) -> Attachment | None:
    """A picture inside a message that the customer may read."""
    shown = _said_to(ticket, at=at)
    found = Attachment.objects.select_related("stored").filter(message__in=shown, stored=stored_id)
    return found.first()


def message_on(ticket: Ticket, message_id: UUID, *, at: datetime) -> Message | None:
    """A message that the customer may read."""
    return _said_to(ticket, at=at).filter(pk=message_id).first()


def brand_of(user: User | None) -> Brand | None:
    """Under which name we meet this person: their own brand, else the oldest one."""
    rows = _BRANDS.rows(user=user.pk if user else NOBODY)
    return Brand.from_db(connection.alias, _BRAND_COLUMNS, rows[0][1:]) if rows else None


def _brands(user: UUID) -> "QuerySet[Any, Any]":
    own = Exists(User.brands.through.objects.filter(user=user, brand=OuterRef("pk")))
    return Brand.objects.annotate(own=own).order_by("-own", "id").values_list("own", *_BRAND_COLUMNS)[:1]


_BRAND_COLUMNS = columns_of(Brand)
_BRANDS = Prepared(_brands)


def brand_name(user: User | None) -> str:
    brand = brand_of(user)
    return brand.name if brand else _("Help")


def _holding(words: str, *, at: datetime) -> Q:
    """Requests whose subject, number or readable words hold the words.

    Not by the search index: that holds what the customer may not read too, and each try would tell of it.
    """
    said = shown_to_requester(at=at).filter(ticket=OuterRef("pk"), text__icontains=words)
    found = Q(subject__icontains=words) | Q(Exists(said))
    number = words.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < 16:
        found |= Q(number=int(number))
    return found


def _word(message: Message, files: tuple[File, ...], *, number: int) -> Word:
    ours = message.kind == Message.Kind.REPLY
    text = message.text if ours else message.reply_text or message.text
    formatted = ours and bool(message.html)
    inside = {file.content_id: file for file in files if formatted and file.content_id}

    def picture(content_id: str) -> str | None:
        file = inside.get(content_id)
        return f"{url('portal:file', number=number, attachment_id=file.id)}?inline" if file else None

    return Word(
        id=message.pk,
        ours=ours,
        author=message.author_name,
        words=own_words(message.html, picture=picture) if formatted else as_html(text[:SHOWN_CHARACTERS]),
        formatted=formatted,
        cut=not formatted and len(text) > SHOWN_CHARACTERS,
        has_look=not ours and bool(message.html),
        files=tuple(file for file in files if file.content_id not in inside),
        at=message.at,
    )


def _files_of(messages: list[Message]) -> dict[UUID, tuple[File, ...]]:
    rows = Attachment.objects.filter(message__in=messages).exclude(stored__scan="infected")
    rows = rows.select_related("stored").order_by("id")
    found: dict[UUID, tuple[File, ...]] = {}
    for row in rows:
        inside = row.content_id if row.inline else ""
        file = File(id=row.pk, name=row.stored.name, bytes=row.stored.bytes, content_id=inside)
        found[row.message_id] = (*found.get(row.message_id, ()), file)
    return found

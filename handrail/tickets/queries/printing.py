"""A ticket for paper: what was said in public, oldest first; notes only for those who ask for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models.functions import Left
from django.utils.safestring import SafeString

from handrail.accounts.models import User
from handrail.tickets.framing import printed
from handrail.tickets.models import Attachment, Message, Ticket
from handrail.tickets.queries.message import chips_of
from handrail.tickets.queries.timeline import pictures_among
from handrail.ui.reading import as_html, from_sanitiser, own_words

#: Nobody prints more than that in one go.
MOST_MESSAGES = 300
MOST_CHARACTERS = 200_000
#: Html that is larger is printed as its words.
MOST_HTML = 300_000


@dataclass(frozen=True, kw_only=True)
class Printed:
    """One message for paper. body: safe html. plain: its lines are kept."""

    message: Message
    body: SafeString
    plain: bool
    files: list[str]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The messages and the style of their html. left_out: how many earlier ones did not fit."""

    messages: list[Printed]
    css: SafeString
    left_out: int


def sheet_of(
    ticket: Ticket, *, viewer: User, address: str, only: UUID | None = None, with_notes: bool = False
) -> Sheet:
    """What goes to paper. address: of a picture within a mail, with TOKEN for its token."""
    rows = Message.objects.filter(ticket=ticket).select_related("agent", "person", "ticket")
    rows = rows.filter(pk=only) if only else rows
    rows = rows if with_notes or only else rows.exclude(kind=Message.Kind.NOTE)
    count = rows.count()
    rows = rows.annotate(words=Left("text", MOST_CHARACTERS)).defer("text", "reply_text").order_by("-id")
    newest: Sequence[Message] = list(rows[:MOST_MESSAGES])[::-1]
    names = _names_of(newest)
    sheets: list[str] = []
    messages = [
        _printed(message, viewer=viewer, address=address, prefix=f"p{index}-", names=names, sheets=sheets)
        for index, message in enumerate(newest)
    ]
    return Sheet(messages=messages, css=from_sanitiser("".join(sheets)), left_out=count - len(newest))


def _printed(
    message: Message,
    *,
    viewer: User,
    address: str,
    prefix: str,
    names: dict[UUID, list[str]],
    sheets: list[str],
) -> Printed:
    foreign = message.kind == Message.Kind.CUSTOMER
    if foreign and 0 < len(message.html) <= MOST_HTML:
        body, css = printed(message, viewer=viewer, address=address, prefix=prefix)
        sheets.append(css)
        plain = False
    elif message.html and not foreign:
        chips = chips_of(message) if "cid:" in message.html else ()
        picture = pictures_among(chips, number=message.ticket.number)
        body, plain = own_words(message.html, picture=picture), False
    else:
        body, plain = as_html(message.words), True  # type: ignore[attr-defined]
    return Printed(message=message, body=body, plain=plain, files=names.get(message.pk, []))


def _names_of(messages: Sequence[Message]) -> dict[UUID, list[str]]:
    rows = Attachment.objects.filter(message__in=messages, inline=False).order_by("id")
    names: dict[UUID, list[str]] = {}
    for message_id, name in rows.values_list("message_id", "stored__name"):
        names.setdefault(message_id, []).append(name)
    return names

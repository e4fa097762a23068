"""The one composer: every mail that leaves is written here, piece by piece, so large files stay on disk."""

import base64
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.conf import settings

from handrail.channels.email import header_lines
from handrail.channels.email.header_lines import Pair, Unsendable, mailable
from handrail.files import serving
from handrail.files.models import StoredFile
from handrail.kit.text import file_name, one_line, small_letters, storable

#: Bytes of a file that are encoded at a time: whole lines of base64, which hold 57 each.
FILE_PIECE = 57 * 1024
_BODY = SMTP.clone(cte_type="7bit")
_REPEATED = ("re:", "aw:", "sv:", "antw:", "antwort:", "tr:", "odp:", "vs:", "rif:")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that a mail is to say. html: a whole page, clean already; empty for text alone.

    calendar: the answer to an invitation, as the other side's calendar reads it (RFC 6047). pictures: those
    inside the html, each with its Content-ID (RFC 2392).

    reply_to: empty when the author's address is where answers go. answers: the id of the mail this answers.
    automatic: written by the desk itself, so that no robot answers it (RFC 3834); "auto-replied" when it
    answers a mail, else "auto-generated".
    """

    author: Pair
    to: tuple[Pair, ...]
    cc: tuple[Pair, ...] = ()
    reply_to: str = ""
    subject: str
    text: str
    html: str = ""
    calendar: str = ""
    files: tuple[StoredFile, ...] = ()
    pictures: tuple[tuple[str, StoredFile], ...] = ()
    message_id: str
    answers: str = ""
    references: tuple[str, ...] = ()
    automatic: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail ready to leave. sender: where bounces go; empty where no robot may answer."""

    sender: str
    recipients: tuple[str, ...]
    message_id: str
    pieces: Callable[[], Iterator[bytes]] = field(repr=False)

    @property
    def needs_utf8(self) -> bool:
        """Some address has letters that only newer servers take (RFC 6531)."""
        return not all(address.isascii() for address in (self.sender, *self.recipients))


def new_message_id() -> str:
    """An id of ours; its 160 random bits cannot be guessed."""
    return f"{base64.b32encode(secrets.token_bytes(20)).decode().lower()}@{settings.MAIL_DOMAIN}"


def answer_subject(subject: str) -> str:
    """`Re: …`, once, whatever the other side's program put before it."""
    bare = one_line(subject)
    while bare.lower().startswith(_REPEATED):
        bare = bare.partition(":")[2].lstrip()
    return f"Re: {bare}".rstrip()


def compose(plan: Plan, *, only: Collection[str] | None = None, blind: str = "") -> Mail:
    """Write the mail. only: those of its readers whom it is for this time. Raises Unsendable.

    blind: the one address, in blind copy, that it is for instead: it stands on the envelope alone.
    """
    head = header_lines.block(_headers(plan))
    body = _body(plan)
    readers = [address for _name, address in (*plan.to, *plan.cc) if only is None or address in only]
    if blind:
        _mind_who_is_seen(plan, blind)
        readers = [blind]
    recipients = dict.fromkeys(mailable(address) for address in readers)
    if not recipients:
        raise Unsendable("The mail has nobody to go to.")
    bounces_to = "" if plan.automatic else mailable(plan.reply_to or plan.author[1])
    return Mail(
        sender=bounces_to,
        recipients=tuple(recipients),
        message_id=plan.message_id,
        pieces=lambda: _pieces(head, body, plan),
    )


def _mind_who_is_seen(plan: Plan, blind: str) -> None:
    """The last look before a blind copy leaves: the mail names its reader to nobody."""
    seen = [plan.author, *plan.to, *plan.cc, ("", plan.reply_to)]
    if small_letters(blind) in {small_letters(address) for _name, address in seen}:
        raise Unsendable("Who is in blind copy stands in the open as well.")


def _headers(plan: Plan) -> list[bytes]:
    headers = [header_lines.people("From", [plan.author])]
    if plan.to:
        headers.append(header_lines.people("To", plan.to))
    elif not plan.cc:
        headers.append(header_lines.plain("To", "undisclosed-recipients:;"))
    if plan.cc:
        headers.append(header_lines.people("Cc", plan.cc))
    if plan.reply_to:
        headers.append(header_lines.people("Reply-To", [(plan.author[0], plan.reply_to)]))
    headers += [
        header_lines.words("Subject", plan.subject),
        header_lines.plain("Date", format_datetime(plan.at)),
        header_lines.ids("Message-ID", [plan.message_id]),
    ]
    if header_lines.is_id(plan.answers):
        headers.append(header_lines.ids("In-Reply-To", [plan.answers]))
    if any(map(header_lines.is_id, plan.references)):
        headers.append(header_lines.ids("References", plan.references))
    if plan.automatic:
        headers.append(header_lines.plain("Auto-Submitted", plan.automatic))
        headers.append(header_lines.plain("X-Auto-Response-Suppress", "All"))
    return [*headers, header_lines.plain("MIME-Version", "1.0")]


def _body(plan: Plan) -> bytes:
    """The words as a part with its own headers: text, and the same in html where there is some."""
    part = EmailMessage(policy=_BODY)
    part.set_content(storable(plan.text).strip("\n") + "\n", charset="utf-8")
    if plan.html:
        part.add_alternative(storable(plan.html), subtype="html", charset="utf-8")
    if plan.calendar:
        part.add_alternative(plan.calendar, subtype="calendar", charset="utf-8", params={"method": "REPLY"})
    del part["MIME-Version"]
    return part.as_bytes()


def _pieces(head: bytes, body: bytes, plan: Plan) -> Iterator[bytes]:
    """The words, the pictures that belong to them, and the files beside both."""
    words: Iterator[bytes] = iter((body,))
    if plan.pictures:
        shown = (_file(stored, content_id=content_id) for content_id, stored in plan.pictures)
        words = _joined(b'related; type="multipart/alternative"', [words, *shown])
    if plan.files:
        words = _joined(b"mixed", [words, *map(_file, plan.files)])
    yield head
    yield from words


def _joined(kind: bytes, parts: Iterable[Iterator[bytes]]) -> Iterator[bytes]:
    boundary = secrets.token_hex(16).encode()
    yield b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\r\n'
    for part in parts:
        yield b"\r\n--" + boundary + b"\r\n"
        yield from part
    yield b"\r\n--" + boundary + b"--\r\n"


def _file(stored: StoredFile, *, content_id: str = "") -> Iterator[bytes]:
    yield _file_headers(stored, content_id=content_id)
    yield from _file_lines(stored)


def _file_headers(stored: StoredFile, *, content_id: str) -> bytes:
    part = EmailMessage(policy=_BODY)
    # A mail in a mail may not be in base64, so it travels as plain bytes of no type.
    carried = stored.type if not stored.type.startswith(("message/", "multipart/")) else ""
    part["Content-Type"] = carried or "application/octet-stream"
    part["Content-Transfer-Encoding"] = "base64"
    if content_id:
        part["Content-ID"] = f"<{content_id}>"
    place = "inline" if content_id else "attachment"
    part.add_header("Content-Disposition", place, filename=file_name(stored.name))
    return part.as_bytes()


def _file_lines(stored: StoredFile) -> Iterator[bytes]:
    try:
        for piece in serving.chunks(stored, size=FILE_PIECE):
            yield base64.encodebytes(piece).replace(b"\n", b"\r\n")
    except FileNotFoundError:
        raise Unsendable(f"The file “{stored.name}” is no longer there.") from None

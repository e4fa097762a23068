"""Reads for this room's pages and for the doctor."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import Substr
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import User
from handrail.accounts.rights import Words
from handrail.channels import Unreadable
from handrail.channels.email.explaining import quarantine_words
from handrail.channels.email.headers import Fields
from handrail.channels.email.inbound import ReadMail
from handrail.channels.email.models import CaughtMail, EmailAccount, Obstacle, OutgoingMail, RawMail
from handrail.channels.email.reading import reader
from handrail.kit import clock, html
from handrail.kit.text import one_line, storable

Row = TypeVar("Row")

#: So long a mail that failed, or perhaps arrived, is news: who wrote it was told on its ticket.
TOLD_FOR = timedelta(days=7)
#: Rows on one page of a list.
PAGE = 50
#: So much of a mail is read to tell from whom it is and what it is about.
HEAD_BYTES = 16_384
#: So much of a mail that nobody can read is shown on its page; the whole is a download.
SHOWN_BYTES = 65_536
SHOWN_HEADERS: dict[str, Words] = {
    "from": _("From"),
    "to": _("To"),
    "cc": _("Copy"),
    "reply-to": _("Answers to"),
    "message-id": _("Message-ID"),
    "in-reply-to": _("Answers"),
}


@dataclass(frozen=True, kw_only=True)
class Page(Generic[Row]):
    """Some rows, and where the older ones begin; None at the end."""

    rows: Sequence[Row]
    older: UUID | None


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """A mail as a list shows it."""

    id: UUID
    at: datetime
    sender: str
    recipients: Sequence[str]
    subject: str
    head: str = ""
    size: int = 0
    reason: Words = ""
    detail: str = ""
    mailbox: str = ""


@dataclass(frozen=True, kw_only=True)
class CaughtShown:
    """A caught mail on a page of its own."""

    id: UUID
    at: datetime
    subject: str
    headers: list[tuple[Words, str]]
    recipients: Sequence[str]
    text: str
    has_html: bool
    files: list[str]
    raw: bytes


@dataclass(frozen=True, kw_only=True)
class Health:
    """How mail is doing. oldest_waiting_at: when the mail came that waits longest to be read.

    failed, uncertain: of those written within TOLD_FOR; older ones are no news. oldest_due_at: since when a
    mail could leave, and did not; one that was put off is not due.
    """

    waiting: int
    oldest_waiting_at: datetime | None
    quarantined: int
    failed: int
    uncertain: int
    oldest_due_at: datetime | None

    def waits_too_long(self, *, at: datetime, limit: timedelta) -> bool:
        return self.oldest_waiting_at is not None and at - self.oldest_waiting_at > limit


def mailboxes(user: User) -> "QuerySet[EmailAccount]":
    """The mailboxes of the user's brands."""
    return EmailAccount.objects.visible_to(user).select_related("brand", "team")


def quarantine(user: User, *, before: UUID | None) -> Page[Envelope]:
    """Mail that could not be taken in, newest first."""
    rows = RawMail.objects.visible_to(user).quarantined().without_bytes().select_related("account")
    rows = rows.annotate(head=Substr("raw", 1, HEAD_BYTES))
    return page_of(rows, before, _quarantined)


def caught(*, before: UUID | None) -> Page[Envelope]:
    """Mail that was not sent, newest first."""
    rows = CaughtMail.objects.defer("raw").annotate(head=Substr("raw", 1, HEAD_BYTES))
    return page_of(rows, before, _caught)


def quarantined_mail(user: User, mail_id: UUID) -> Envelope:
    """One mail of the quarantine with the beginning of its bytes. Raises Http404."""
    rows = RawMail.objects.visible_to(user).quarantined().without_bytes().select_related("account")
    rows = rows.annotate(head=Substr("raw", 1, SHOWN_BYTES))
    return _quarantined(get_object_or_404(rows, pk=mail_id))


def caught_mail(mail_id: UUID) -> CaughtShown:
    """One caught mail as its reader would see it. Raises Http404."""
    mail = get_object_or_404(CaughtMail, pk=mail_id)
    raw = bytes(mail.raw)
    fields = _fields(raw[:HEAD_BYTES])
    headers = [(words, _text(fields, name)) for name, words in SHOWN_HEADERS.items()]
    read = read_or_none(raw)
    return CaughtShown(
        id=mail.pk,
        at=mail.at,
        subject=_text(fields, "subject"),
        headers=[(words, value) for words, value in headers if value],
        recipients=mail.envelope_to,
        text=_plain_text(raw) or (read.text if read else ""),
        has_html=bool(read and read.html),
        files=[file.name for file in read.attachments if not file.shown] if read else [],
        raw=raw,
    )


def caught_body(mail_id: UUID) -> html.Rendered:
    """The html of a caught mail, cleaned and made ready for its frame. Raises Http404."""
    read = read_or_none(bytes(get_object_or_404(CaughtMail, pk=mail_id).raw))
    if read is None or not read.html:
        raise Http404
    return html.render(read.html, picture=lambda _content_id: None)


def health() -> Health:
    """How mail of all brands is doing."""
    waiting = RawMail.objects.waiting().aggregate(count=Count("pk"), oldest=Min("received_at"))
    lately = OutgoingMail.objects.filter(created_at__gt=clock.now() - TOLD_FOR)
    states = lately.filter(state__in=["failed", "uncertain"]).values_list("state")
    counts = dict(states.annotate(Count("pk")).order_by())
    in_peace = Obstacle.standing(Obstacle.What.DOMAIN)
    queued = OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED).exclude(domain__in=in_peace)
    due = queued.aggregate(oldest=Min("next_try_at"))
    return Health(
        waiting=waiting["count"],
        oldest_waiting_at=waiting["oldest"],
        quarantined=RawMail.objects.quarantined().count(),
        failed=counts.get("failed", 0),
        uncertain=counts.get("uncertain", 0),
        oldest_due_at=due["oldest"],
    )


def page_of(rows: "QuerySet[Any]", before: UUID | None, shown: Callable[[Any], Row]) -> Page[Row]:
    """One page of mail, newest first."""
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-id")[: PAGE + 1])
    older = found[PAGE - 1].pk if len(found) > PAGE else None
    return Page(rows=[shown(row) for row in found[:PAGE]], older=older)


def _quarantined(mail: Any) -> Envelope:
    fields = _fields(mail.head)
    return Envelope(
        id=mail.pk,
        at=mail.received_at,
        sender=sender_of(mail.head) or mail.envelope_from,
        recipients=mail.envelope_to,
        subject=_text(fields, "subject"),
        head=bytes(mail.head).decode("utf-8", "replace"),
        size=mail.size,
        reason=quarantine_words(mail.reason),
        detail=mail.reason,
        mailbox=mail.account.address if mail.account else "",
    )


def _caught(mail: Any) -> Envelope:
    fields = _fields(mail.head)
    return Envelope(
        id=mail.pk,
        at=mail.at,
        sender=sender_of(mail.head) or mail.envelope_from,
        recipients=mail.envelope_to,
        subject=_text(fields, "subject"),
    )


def text_of(head: bytes, name: str) -> str:
    """One field of the header at the beginning of a mail, in one line."""
    return _text(_fields(head), name)


def sender_of(head: bytes) -> str:
    """`Ann Shop <ann@shop.example>` from the beginning of a mail; what was written where that is none."""
    fields = _fields(head)
    try:
        people = fields.addresses("from")
    except Unreadable:
        people = ()
    if len(people) != 1 or not people[0].is_usable:
        return _text(fields, "from")
    (one,) = people
    return one_line(f"{one.name} <{one.address}>" if one.name else one.address, limit=200)


def _fields(head: bytes) -> Fields:
    """The header of a mail, however broken it is."""
    try:
        return Fields.of(_BLANK_LINE.split(bytes(head), maxsplit=1)[0])
    except Unreadable:
        return Fields(())


def _plain_text(raw: bytes) -> str:
    """What a program that shows no html would show of a mail of ours."""
    try:
        part = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
        return storable(str(part.get_content())) if part else ""
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError):  # what the library raises
        return ""


def read_or_none(raw: bytes) -> ReadMail | None:
    """The mail in these bytes, None when nobody can read it."""
    try:
        return reader.opened(raw).mail
    except (Unreadable, OSError):
        return None


def _text(fields: Fields, name: str) -> str:
    return one_line(fields.text(name), limit=200)


_BLANK_LINE = re.compile(rb"\r?\n\r?\n")

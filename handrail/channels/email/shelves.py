"""Reads for the pages of mail that was kept back, held or as spam; and why a message lies where it lies."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr
from django.http import Http404
from django.shortcuts import get_object_or_404

from handrail.accounts.models import User
from handrail.accounts.rights import Words
from handrail.channels.email import explaining
from handrail.channels.email.explaining import Evidence
from handrail.channels.email.models import ListedSender, RawMail
from handrail.channels.email.queries import HEAD_BYTES, Page, page_of, read_or_none, sender_of, text_of
from handrail.kit.text import one_line
from handrail.team.models import Agent
from handrail.team.queries import agent_behind
from handrail.tickets.models import Message, Ticket


@dataclass(frozen=True, kw_only=True)
class KeptBack:
    """A mail as the lists show it. perhaps: the number of the ticket it seems to belong to."""

    id: UUID
    at: datetime
    sender: str
    subject: str
    mailbox: str
    reason: Words
    evidence: Evidence
    perhaps: int | None
    address: str
    is_spam: bool


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A kept back mail on a page of its own."""

    row: KeptBack
    recipients: Sequence[str]
    text: str
    files: Sequence[str]


def held(user: User, *, before: UUID | None) -> Page[KeptBack]:
    """Mail that waits for a decision, newest first."""
    return page_of(_rows(user).held(), before, _shown)


def spam(user: User, *, before: UUID | None) -> Page[KeptBack]:
    """Mail that was taken for spam, newest first."""
    return page_of(_rows(user).spam(), before, _shown)


def counts(user: User) -> dict[str, int]:
    """How many are held, and how many are spam."""
    rows = RawMail.objects.visible_to(user).filter(state__in=["held", "spam"])
    return dict(rows.values_list("state").annotate(Count("pk")).order_by())


def whole(user: User, mail_id: UUID) -> Whole:
    """One of them, read. Raises Http404."""
    rows = _rows(user).filter(state__in=["held", "spam"])
    mail = get_object_or_404(rows, pk=mail_id)
    read = read_or_none(RawMail.contents([mail.pk])[mail.pk])
    return Whole(
        row=_shown(mail),
        recipients=mail.envelope_to,
        text=read.text if read else "",
        files=[file.name for file in read.attachments if not file.shown] if read else [],
    )


def kept_back(user: User, mail_id: UUID) -> RawMail:
    """The mail itself, to decide about; in quarantine only for who may read it there. Raises Http404."""
    rows = RawMail.objects.visible_to(user).without_bytes()
    if not user.may("mail.manage"):
        rows = rows.exclude(state=RawMail.State.QUARANTINED)
    return get_object_or_404(rows, pk=mail_id)


def bytes_of(user: User, mail_id: UUID) -> bytes:
    """The mail as it came, while it is kept back: later its ticket says who may read it. Raises Http404."""
    rows = RawMail.objects.visible_to(user).filter(state__in=["held", "spam"]).without_bytes()
    mail = get_object_or_404(rows, pk=mail_id)
    return RawMail.contents([mail.pk])[mail.pk]


def ticket_for(mail: RawMail, number: int, *, agent: Agent) -> Ticket | None:
    """The ticket of this number, when the agent sees it and it is of the brand that was written to."""
    return ticket_of(mail.account.brand_id if mail.account else None, number, agent=agent)


def ticket_of(brand_id: UUID | None, number: int, *, agent: Agent) -> Ticket | None:
    """A ticket of this brand that the agent sees."""
    found: Ticket | None = Ticket.objects.visible_to(agent).filter(number=number, brand=brand_id).first()
    return found


def message_for(user: User, message_id: UUID) -> tuple[Agent, Message]:
    """A mail on a ticket that this colleague sees. Raises Http404."""
    agent = agent_behind(user)
    if agent is None:
        raise Http404
    mails = Message.objects.filter(kind=Message.Kind.CUSTOMER, channel="email", pk=message_id)
    message = get_object_or_404(mails.select_related("ticket", "person"))
    if not Ticket.objects.visible_to(agent).filter(pk=message.ticket_id).exists():
        raise Http404
    return agent, message


def other_ticket_of(message: Message, *, agent: Agent) -> Ticket | None:
    """The ticket that a message on another one may belong to, when the agent sees it and nobody decided."""
    rows = RawMail.objects.filter(message_id=message.pk, state=RawMail.State.DONE, decision={})
    number = rows.values_list("findings__perhaps", flat=True).first()
    found = ticket_of(message.ticket.brand_id, number, agent=agent) if number else None
    survivor = found.survivor() if found else None
    return survivor if survivor and survivor.pk != message.ticket_id else None


def subject_of(mail: RawMail) -> str:
    """The subject as the sender wrote it."""
    raw = RawMail.contents([mail.pk])[mail.pk]
    return text_of(raw[:HEAD_BYTES], "subject")


def evidence_of(message_ids: Collection[UUID]) -> dict[UUID, Evidence]:
    """Why these messages lie where they lie, and what warns of them; those that came by mail. One query."""
    rows = RawMail.objects.filter(message_id__in=message_ids, state=RawMail.State.DONE)
    return {
        message_id: explaining.evidence_in(findings)
        for message_id, findings in rows.values_list("message_id", "findings")
        if message_id
    }


def listed(user: User) -> "QuerySet[ListedSender]":
    """The senders that the user's brands always or never take mail from."""
    return ListedSender.objects.visible_to(user).select_related("brand", "by")


def _rows(user: User) -> Any:
    rows = RawMail.objects.visible_to(user).without_bytes().select_related("account")
    return rows.annotate(head=Substr("raw", 1, HEAD_BYTES))


def _shown(mail: Any) -> KeptBack:
    is_spam = mail.state == RawMail.State.SPAM
    words = explaining.SPAM if is_spam else explaining.HELD
    return KeptBack(
        id=mail.pk,
        at=mail.received_at,
        sender=sender_of(mail.head) or mail.envelope_from,
        subject=text_of(mail.head, "subject"),
        mailbox=mail.account.address if mail.account else "",
        reason=words.get(mail.reason, explaining.UNKNOWN),
        evidence=explaining.evidence_in(mail.findings),
        perhaps=mail.findings.get("perhaps"),
        address=one_line(str(mail.findings.get("sender", "")), limit=320),
        is_spam=is_spam,
    )

"""Telling a person that their mail arrived, and never a robot, a list, ourselves, or anybody too often.

The answer repeats nothing of what was written to us: who forges a sender could make us carry their words.
"""

import re
from datetime import datetime, timedelta

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.channels.email import alarms, dispatching, limits
from handrail.channels.email.inbound import NOBODY, ReadMail
from handrail.channels.email.kinds import Kind, has_no_way_back
from handrail.channels.email.models import AutoAnswer, Delivery, Dispatch, EmailAccount, RawMail
from handrail.channels.email.placing import Placement
from handrail.channels.email.senders import SenderState
from handrail.tickets.models import Message

HOUR = timedelta(hours=1)

_NO_PERSON = re.compile(
    r"(?i)^(no.?reply|do.?not.?reply|mailer.?daemon|postmaster|bounces?|owner-|.*-request|listserv|majordomo|"
    r"abuse|hostmaster|webmaster|notifications?|alerts?|daemon|root|nobody|noreply)"
)
_SUPPRESSES = re.compile(r"(?i)\b(all|autoreply|oof)\b")


def answer(
    mail: RawMail,
    account: EmailAccount,
    read: ReadMail,
    placed: Placement,
    message: Message,
    *,
    found: AutoAnswer | None,
) -> None:
    """Acknowledge the mail that opened a ticket, when its mailbox does that and nothing speaks against it."""
    if found is None or not may_acknowledge(
        read, placed, envelope_from=mail.envelope_from, source=mail.source
    ):
        return
    if _is_too_much(found, account, placed.inbound.address, at=mail.received_at):
        return
    language = placed.inbound.language or "en"
    with translation.override(language):
        subject = _("We have your message (#%(number)s)") % {"number": message.ticket.number}
    try:
        dispatching.acknowledge(
            message.ticket,
            account=account,
            to=(placed.inbound.name, placed.inbound.address),
            subject=subject,
            text=found.words(language),
            answers=read.message_id,
            references=read.references,
            at=mail.received_at,
        )
    except dispatching.TooOften:  # a loop is met with silence
        _tell_of_silence(account, placed.inbound.address, at=mail.received_at)


def may_acknowledge(read: ReadMail, placed: Placement, *, envelope_from: str, source: str) -> bool:
    """Whether a person wrote who expects a word (RFC 3834, 2 and 3)."""
    address = placed.inbound.address
    no_way_back = has_no_way_back(read.fields) or (source == "smtp" and envelope_from in ("", "<>"))
    return (
        read.kind is Kind.PERSON
        and read.sender_source == "from"
        and placed.findings.sender_state in (SenderState.VERIFIED, SenderState.UNVERIFIED)
        and address != NOBODY
        and read.sender is not None
        and read.sender.normal == address  # of a forwarded mail the customer did not write to us
        and not no_way_back
        and not _NO_PERSON.match(address)
        and not _SUPPRESSES.search(read.fields.text("x-auto-response-suppress")[:200])
        and not read.fields.raw("auto-submitted")
    )


def _is_too_much(found: AutoAnswer, account: EmailAccount, address: str, *, at: datetime) -> bool:
    """At most so many to one address and from one mailbox in an hour. Beyond, the mailbox falls silent."""
    if not _alone_with(address):
        return True
    since = at - HOUR
    automatic = Delivery.objects.filter(mail__dispatch__automatic=True, at__gte=since)
    if automatic.filter(address=address).count() >= limits.AUTOMATIC_TO_ONE:
        _tell_of_silence(account, address, at=at)
        return True
    sent = Dispatch.objects.filter(account=account, automatic=True, at__gte=since)
    if sent.count() < limits.AUTOMATIC_FROM_MAILBOX:
        return False
    if found.stop(at=at):
        alarms.notice(
            "auto-answer-stopped",
            about_id=account.pk,
            detail=account.address,
            brand_id=account.brand_id,
            at=at,
        )
    return True


def _tell_of_silence(account: EmailAccount, address: str, *, at: datetime) -> None:
    """A guard against loops keeps us silent: that rings once an hour for a mailbox, for the first address."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    alarms.notice(
        "auto-answer-silent", about_id=account.pk, detail=address, brand_id=account.brand_id, at=hour
    )


def _alone_with(address: str) -> bool:
    """Whether nobody else acknowledges the same address at this moment; never waits, so never blocks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [f"acknowledge {address}"])
        (alone,) = cursor.fetchone()
    return bool(alone)

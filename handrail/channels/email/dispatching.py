"""Mails about a ticket with words of their own: acknowledgements, and messages forwarded to somebody else."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from handrail.channels.email import limits
from handrail.channels.email.composing import Plan, new_message_id
from handrail.channels.email.header_lines import Pair
from handrail.channels.email.models import Dispatch, EmailAccount, OutgoingMail, Sending
from handrail.channels.email.tokens import reply_address
from handrail.tickets.models import Ticket


class TooOften(Exception):
    """acknowledge() was called for a ticket on which the desk wrote enough by itself within the hour."""


@transaction.atomic
def acknowledge(
    ticket: Ticket,
    *,
    account: EmailAccount,
    to: Pair,
    subject: str,
    text: str,
    answers: str = "",
    references: Sequence[str] = (),
    at: datetime,
) -> OutgoingMail:
    """Tell somebody that their mail arrived, in the caller's words, marked as automatic (RFC 3834).

    answers: the Message-ID of their mail; references: what that one hung on. Whether it may be sent at all
    (never to robots, not too often to one address) is for the caller to decide. Raises TooOften.
    """
    _mind_the_thread(ticket, at=at)
    dispatch = Dispatch.write(
        kind=Dispatch.Kind.ACKNOWLEDGEMENT,
        ticket=ticket,
        account=account,
        author=account.display_name,
        subject=subject,
        text=text,
        answers=answers,
        references=list(references),
        automatic=True,
        at=at,
    )
    return put(dispatch, to=[to], at=at)


def _mind_the_thread(ticket: Ticket, *, at: datetime) -> None:
    """The last guard of a thread: robots with a new address for each mail stay below every other limit."""
    lately = Dispatch.objects.filter(ticket=ticket, automatic=True, at__gt=at - timedelta(hours=1))
    if lately.count() >= limits.AUTOMATIC_ON_TICKET:
        raise TooOften(f"#{ticket.number}")


def plan(dispatch: Dispatch, *, message_id: str, to: Sequence[Pair], at: datetime) -> Plan:
    """The mail for a dispatch. Raises Unsendable."""
    ticket, mailbox = dispatch.ticket, dispatch.account
    hangs_on = [each for each in dispatch.references if each != dispatch.answers]
    return Plan(
        author=(dispatch.author, mailbox.address),
        to=tuple(to),
        reply_to=reply_address(mailbox.address, ticket_id=ticket.pk, number=ticket.number),
        subject=dispatch.subject,
        text=dispatch.text,
        html=dispatch.html,
        calendar=dispatch.calendar,
        files=tuple(dispatch.files.order_by("id")),
        message_id=message_id,
        answers=dispatch.answers,
        references=(*hangs_on, dispatch.answers) if dispatch.answers else tuple(hangs_on),
        automatic="auto-replied" if dispatch.automatic else "",
        at=at,
    )


def put(
    dispatch: Dispatch, *, to: Sequence[Pair], at: datetime, undo: timedelta = timedelta(0)
) -> OutgoingMail:
    """Into the outbox, in a lane of its own: it waits for no answer, and no answer waits for it."""
    return OutgoingMail.put(
        dispatch=dispatch,
        brand_id=dispatch.ticket.brand_id,
        account=dispatch.account,
        server=Sending.of(dispatch.account).server_key,
        lane=dispatch.pk,
        rfc_message_id=new_message_id(),
        to=to,
        due_at=at + undo,
        at=at,
    )


def call_back(dispatch: Dispatch, *, at: datetime) -> bool:
    """Keep it from leaving; False when it has begun to leave."""
    rows = OutgoingMail.objects.filter(dispatch=dispatch, state=OutgoingMail.State.QUEUED, attempts=0)
    cancelled = OutgoingMail.State.CANCELLED
    return bool(rows.update(state=cancelled, next_try_at=None, settled_at=at))

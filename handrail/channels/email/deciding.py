"""What people decide about mail that was kept back, or lies on the wrong ticket; what that teaches."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.accounts.models import User
from handrail.channels.email import jobs, shelves
from handrail.channels.email.evidence import subject_key
from handrail.channels.email.models import Precedent, RawMail
from handrail.channels.email.senders import SenderState
from handrail.team.models import Agent
from handrail.tickets import merging, moving
from handrail.tickets.models import Message, Ticket


@transaction.atomic
def put_on_ticket(mail: RawMail, ticket: Ticket, *, subject: str, by: User, at: datetime) -> None:
    """It belongs there. The next such mail of this sender is joined more easily. Raises NotKeptBack."""
    was_spam = mail.state == RawMail.State.SPAM
    mail.decide(decided_as="ticket", ticket_id=ticket.pk, by=by, at=at)
    _remember(mail, ticket, subject, by=by, at=at)
    _teach(mail, is_spam=False, worth=was_spam, by=by, at=at)


@transaction.atomic
def open_ticket(mail: RawMail, *, subject: str, by: User, at: datetime) -> None:
    """It belongs to no ticket that we have: it opens one. Raises NotKeptBack."""
    was_spam = mail.state == RawMail.State.SPAM
    mail.decide(decided_as="new", by=by, at=at)
    if mail.reason == "place-doubtful":
        _remember(mail, None, subject, by=by, at=at)
    _teach(mail, is_spam=False, worth=was_spam, by=by, at=at)


@transaction.atomic
def call_spam(mail: RawMail, *, by: User, at: datetime) -> None:
    """It is spam, and more of its kind will be. Raises NotKeptBack."""
    mail.call_spam(by=by, at=at)
    _teach(mail, is_spam=True, worth=True, by=by, at=at)


@transaction.atomic
def take_back(mail: RawMail, *, by: User, at: datetime) -> None:
    """It was no spam after all, and waits again for what it is. Raises NotKeptBack."""
    mail.hold_again(by=by, at=at)
    _teach(mail, is_spam=False, worth=True, by=by, at=at)


@transaction.atomic
def correct(message: Message, *, to: Ticket | None, by: Agent, at: datetime) -> Ticket:
    """A message lies on the wrong ticket: put it on this one, or on a new one, and remember that.

    Returns where it lies now. A ticket that holds nothing else is merged, which can be taken back. Raises
    moving.OnlyMessage where it would stay as it is, and what `merging.merge` does.
    """
    try:
        ticket = moving.move(message, to=to, by=by, at=at)
    except moving.OnlyMessage:
        if to is None or to.survivor().pk == message.ticket_id:
            raise
        ticket = merging.merge([message.ticket], into=to, by=by, at=at)[0].survivor
    mail = RawMail.objects.without_bytes().filter(message_id=message.pk, state=RawMail.State.DONE).first()
    if mail:
        mail.correct(by=by.user, at=at)
        _remember(mail, to, shelves.subject_of(mail), by=by.user, at=at)
    return ticket


@transaction.atomic
def leave_there(message: Message, *, by: Agent, at: datetime) -> None:
    """It belongs where it is: the next such mail of this sender points nowhere else."""
    mail = RawMail.objects.without_bytes().filter(message_id=message.pk, state=RawMail.State.DONE).first()
    if mail:
        mail.correct(by=by.user, at=at)
        _remember(mail, None, shelves.subject_of(mail), by=by.user, at=at)


@transaction.atomic
def call_message_spam(message: Message, *, by: Agent, at: datetime) -> None:
    """A mail that became a ticket is spam: the filter learns it, and a ticket that nobody answered ends."""
    ticket = message.ticket
    is_all = not ticket.messages.exclude(pk=message.pk).exclude(person=message.person_id).exists()
    if is_all and not ticket.is_done:
        ticket.mark_spam(by=by, at=at)  # which teaches by itself
        return
    mail = RawMail.objects.without_bytes().filter(message_id=message.pk, state=RawMail.State.DONE).first()
    if mail:
        _teach(mail, is_spam=True, worth=True, by=by.user, at=at)


def teach_of_ticket(ticket_id: UUID, *, is_spam: bool, by: User, at: datetime) -> None:
    """Somebody said of a ticket that it is spam, or that it is none after all: so is each mail on it."""
    messages = Message.objects.filter(ticket=ticket_id, kind=Message.Kind.CUSTOMER).values("pk")
    rows = RawMail.objects.without_bytes().filter(message_id__in=messages, state=RawMail.State.DONE)
    for mail in rows:
        _teach(mail, is_spam=is_spam, worth=True, by=by, at=at)


def _remember(mail: RawMail, ticket: Ticket | None, subject: str, *, by: User, at: datetime) -> None:
    """Not of a sender who is known to be somebody else: that would teach us to believe a forger."""
    sender = str(mail.findings.get("sender", ""))
    if sender and mail.findings.get("state") != SenderState.FAILED:
        Precedent.set(sender=sender, subject_key=subject_key(subject), ticket=ticket, by=by, at=at)


def _teach(mail: RawMail, *, is_spam: bool, worth: bool, by: User, at: datetime) -> None:
    if worth:
        jobs.learn.defer(raw_mail_id=str(mail.pk), is_spam=is_spam, by_user_id=str(by.pk), at=at.isoformat())

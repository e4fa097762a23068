"""Answering an invitation in the name of the address of ours that was invited, by mail for calendars."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.channels.email import dispatching
from handrail.channels.email.contents.calendars import Attendee, Invitation, reply_calendar
from handrail.channels.email.events import InvitationAnswered, InvitationAnswerWithdrawn
from handrail.channels.email.header_lines import Unsendable, mailable
from handrail.channels.email.models import Dispatch, EmailAccount, InvitationAnswer
from handrail.kit.text import one_line
from handrail.team.models import Agent
from handrail.tickets.models import Message, Ticket

Answer = InvitationAnswer.Answer


class CannotAnswer(Exception):
    """This message invites none of our addresses to anything that could be answered now; args[0] says why."""


class TooLate(Exception):
    """The answer is on its way."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An invitation that can be answered. attendee: our address as it was invited; mailbox: whose it is."""

    invitation: Invitation
    organiser: Attendee
    attendee: str
    mailbox: EmailAccount


def asked(message: Message) -> Asked:
    """What this message invites us to. Raises CannotAnswer."""
    invitation = _invitation_of(message)
    organiser = invitation.organiser
    if invitation.method != "request" or not invitation.uid or invitation.starts is None or organiser is None:
        raise CannotAnswer("not-asked")
    if _is_overtaken(message, invitation):
        raise CannotAnswer("overtaken")
    try:
        mailable(organiser.address)
    except Unsendable:
        raise CannotAnswer("not-asked") from None
    mailboxes = {box.address: box for box in _mailboxes(message)}
    if _bare(organiser.address) in mailboxes:
        raise CannotAnswer("ours")
    for each in invitation.attendees:
        if mailbox := mailboxes.get(_bare(each.address)):
            return Asked(invitation=invitation, organiser=organiser, attendee=each.address, mailbox=mailbox)
    raise CannotAnswer("not-invited")


@transaction.atomic
def answer(
    message: Message, *, answer: Answer, by: Agent, key: UUID, undo: timedelta, at: datetime
) -> InvitationAnswer:
    """Tell the organiser. The same key, or the same answer again, tells nobody twice.

    Another answer takes the place of one that has not left. The ticket's status stays as it is. Raises
    CannotAnswer; Ticket.NeedsReview for colleagues whose answers are read before they leave: it has no words
    that somebody could read, so it is given by somebody else.
    """
    message.ticket.lock()
    latest = InvitationAnswer.latest(message.pk)
    if again := InvitationAnswer.objects.filter(key=key).first():
        return again
    if by.answers_need_review:
        raise Ticket.NeedsReview
    if latest and latest.answer == answer:
        return latest
    found = asked(message)
    if latest and dispatching.call_back(latest.dispatch, at=at):
        latest.delete()
    dispatch = _write(message, found, answer, at=at)
    to = [(found.organiser.name, found.organiser.address)]
    dispatching.put(dispatch, to=to, undo=undo, at=at)
    given = InvitationAnswer.objects.create(
        message=message,
        dispatch=dispatch,
        answer=answer,
        attendee=found.attendee,
        by=by,
        key=key,
        due_at=at + undo,
        at=at,
    )
    _tell(message, found, answer, by=by, at=at)
    return given


@transaction.atomic
def take_back(message: Message, *, by: Agent, at: datetime) -> None:
    """Keep the latest answer from leaving. Raises TooLate when it has begun to leave, or there is none."""
    message.ticket.lock()
    latest = InvitationAnswer.latest(message.pk)
    if latest is None or not dispatching.call_back(latest.dispatch, at=at):
        raise TooLate
    latest.delete()
    withdrawn = InvitationAnswerWithdrawn(
        ticket_id=message.ticket_id, message_id=message.pk, by_agent_id=by.pk, at=at
    )
    message.ticket.tell(withdrawn)


def _write(message: Message, found: Asked, answer: Answer, *, at: datetime) -> Dispatch:
    calendar = reply_calendar(
        found.invitation,
        answer=answer.value,  # type: ignore[arg-type]
        name=found.mailbox.display_name,
        address=found.attendee,
        at=at,
    )
    subject, text = _words(message, found, answer)
    return Dispatch.write(
        kind=Dispatch.Kind.INVITATION,
        ticket=message.ticket,
        account=found.mailbox,
        author=found.mailbox.display_name,
        subject=subject,
        text=text,
        calendar=calendar.decode(),
        answers=message.external_id,
        references=list(message.references),
        automatic=False,
        at=at,
    )


def _words(message: Message, found: Asked, answer: Answer) -> tuple[str, str]:
    """Subject and text, in the language of the ticket."""
    summary = one_line(found.invitation.summary)
    with translation.override(message.ticket.language or "en"):
        words = {
            Answer.ACCEPTED: (_("Accepted: %(summary)s"), _("%(name)s accepts the invitation.")),
            Answer.TENTATIVE: (_("Perhaps: %(summary)s"), _("%(name)s will perhaps come.")),
            Answer.DECLINED: (_("Declined: %(summary)s"), _("%(name)s declines the invitation.")),
        }[answer]
        summary = summary or _("An event")
    return words[0] % {"summary": summary}, words[1] % {"name": found.mailbox.display_name}


def _tell(message: Message, found: Asked, answer: Answer, *, by: Agent, at: datetime) -> None:
    message.ticket.tell(
        InvitationAnswered(
            ticket_id=message.ticket_id,
            message_id=message.pk,
            answer=answer.value,
            summary=one_line(found.invitation.summary)[:200],
            attendee=found.attendee,
            by_agent_id=by.pk,
            at=at,
        )
    )


def _invitation_of(message: Message) -> Invitation:
    told = message.extras.get("invitation")
    try:
        found: Invitation = msgspec.convert(told, Invitation, strict=False)
    except (msgspec.ValidationError, TypeError):
        raise CannotAnswer("not-asked") from None
    return found


def _is_overtaken(message: Message, invitation: Invitation) -> bool:
    """Whether a later message changed or cancelled the same event."""
    later = Message.objects.filter(ticket=message.ticket_id, pk__gt=message.pk, kind=Message.Kind.CUSTOMER)
    same = later.filter(extras__invitation__uid=invitation.uid)
    return same.filter(extras__invitation__method__in=["request", "cancel"]).exists()


def _mailboxes(message: Message) -> list[EmailAccount]:
    return list(EmailAccount.objects.active().filter(brand=message.ticket.brand_id))


def _bare(address: str) -> str:
    """In small letters, without what stands behind a plus."""
    name, _at, domain = address.strip().lower().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"

"""What must be true at once: an answer lies in the outbox in the transaction that wrote it; a letter too."""

from uuid import UUID

from handrail.accounts.events import LetterWritten
from handrail.accounts.models import Letter
from handrail.channels.email import alarms, answers, deciding, purging
from handrail.channels.email.composing import new_message_id
from handrail.channels.email.events import MailQuarantined
from handrail.channels.email.models import EmailAccount, OutgoingMail, Sending
from handrail.channels.email.spam import learning
from handrail.events import follows, reacts_to
from handrail.team.models import Agent
from handrail.tickets.events import (
    MessagesMoved,
    ReplyPlanned,
    ReplyWithdrawn,
    ReplyWritten,
    TicketMarkedSpam,
    TicketPurged,
    TicketReopened,
)
from handrail.tickets.models import Message, Ticket

#: Mail for no mailbox of ours is told of under this id, so that it too rings once an hour.
_NOWHERE = UUID(int=0)


@reacts_to(ReplyWritten)
def put_the_answer_into_the_outbox(event: ReplyWritten) -> None:
    """Its id is given now, so that the customer's answer is recognised however the mail travels."""
    message = Message.objects.select_related("ticket__requester").get(pk=event.message_id)
    ticket, message_id = message.ticket, new_message_id()
    to, account = answers.requester_of(ticket), answers.mailbox_or_none(ticket)
    ticket.send_as(message, external_id=message_id, to=to)
    OutgoingMail.put(
        message=message,
        brand_id=ticket.brand_id,
        account=account,
        server=Sending.of(account).server_key if account else "",
        lane=ticket.pk,
        rfc_message_id=message_id,
        to=to,
        cc=answers.copied(message),
        bcc=answers.blindly_copied(message),
        due_at=event.due_at,
        planned=event.planned,
        at=event.at,
    )


@reacts_to(ReplyWithdrawn)
def keep_the_answer_from_leaving(event: ReplyWithdrawn) -> None:
    """Raises AlreadySent when the mail has begun to leave: then nothing is withdrawn."""
    is_mailed = OutgoingMail.objects.filter(message=event.message_id).exists()
    if is_mailed and not OutgoingMail.cancel(event.message_id, at=event.at):
        raise Ticket.AlreadySent


@reacts_to(ReplyPlanned)
def let_the_answer_leave_then(event: ReplyPlanned) -> None:
    """Raises AlreadySent when the mail has begun to leave."""
    is_mailed = OutgoingMail.objects.filter(message=event.message_id).exists()
    if is_mailed and not OutgoingMail.plan(event.message_id, due_at=event.due_at):
        raise Ticket.AlreadySent


@reacts_to(MailQuarantined)
def tell_of_the_quarantine(event: MailQuarantined) -> None:
    """Somebody must look at it; it rings once an hour for a mailbox, however many mails follow."""
    account = EmailAccount.objects.get(pk=event.account_id) if event.account_id else None
    hour = event.at.replace(minute=0, second=0, microsecond=0)
    alarms.notice(
        "quarantine",
        about_id=account.pk if account else _NOWHERE,
        detail=account.address if account else "",
        brand_id=account.brand_id if account else None,
        at=hour,
    )


@reacts_to(MessagesMoved)
def keep_answers_in_the_lane_of_their_ticket(event: MessagesMoved) -> None:
    """One that is being sent at this moment stays where it is: its talk with the server ends by itself."""
    waiting = OutgoingMail.objects.filter(message__in=event.message_ids, state=OutgoingMail.State.QUEUED)
    waiting.update(lane=event.ticket_id)


@reacts_to(TicketMarkedSpam)
def learn_that_it_is_spam(event: TicketMarkedSpam) -> None:
    """The filter's jobs are queued with the ticket's move: one road, wherever somebody said it."""
    if event.by_agent_id:
        by = Agent.objects.select_related("user").get(pk=event.by_agent_id)
        deciding.teach_of_ticket(event.ticket_id, is_spam=True, by=by.user, at=event.at)


@reacts_to(TicketReopened)
def learn_that_it_was_no_spam(event: TicketReopened) -> None:
    """Who opens again what was called spam takes that lesson back. A customer's own word teaches nothing."""
    if event.by_agent_id and event.was_status == Ticket.Status.SPAM:
        by = Agent.objects.select_related("user").get(pk=event.by_agent_id)
        deciding.teach_of_ticket(event.ticket_id, is_spam=False, by=by.user, at=event.at)


@reacts_to(TicketPurged)
def forget_its_mails(event: TicketPurged) -> None:
    """What came, what left, and to whom."""
    purging.purge_mails_of(event.ticket_id, at=event.at)


@reacts_to(LetterWritten)
def put_the_letter_into_the_outbox(event: LetterWritten) -> None:
    letter = Letter.objects.get(pk=event.letter_id)
    OutgoingMail.put(
        letter_id=letter.pk,
        lane=letter.pk,
        rfc_message_id=new_message_id(),
        to=[(letter.name, letter.to)],
        due_at=event.at,
        at=event.at,
    )


def was_by_mail(event: ReplyWritten) -> bool:
    return event.channel == "email"


@follows(ReplyWritten, when=was_by_mail)
def learn_what_honest_mail_looks_like(event: ReplyWritten) -> None:
    """Nobody answers spam."""
    answer = Message.objects.filter(pk=event.message_id).first()
    if answer:
        learning.learn_from_answer(answer, at=event.at)

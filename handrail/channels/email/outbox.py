"""The outbox empties itself: each mail is composed, handed to the server, and its fate written down.

That a mail is being sent is committed before the first word to the server. Whoever finds it in that state in
nobody's hands knows that its sender died in between, and that it may have left.
"""

from datetime import datetime

import structlog
from django.db import Error as DatabaseError
from django.db import transaction

from handrail.accounts.models import User
from handrail.channels.email import answers, letters
from handrail.channels.email.composing import Mail, compose
from handrail.channels.email.header_lines import Unsendable
from handrail.channels.email.models import OutgoingMail
from handrail.channels.email.outbound import AnswerLost, Never, NotNow, Server, ServerAway
from handrail.kit import clock, drains, faults
from handrail.kit.text import one_line
from handrail.tickets.models import Message

log = structlog.get_logger()

#: So many mails leave over one connection, then it is made anew.
BATCH = 50
STOPPED_TWICE = "The desk stopped twice while sending it."


@drains.drain("outgoing")
def take_batch() -> int:
    """Send what is due; returns how many mails met their fate. Zero also while the server is away."""
    if not OutgoingMail.objects.due().exists():
        return 0
    sent = 0
    with Server() as server:
        try:
            server.connect()
            while sent < BATCH and _send_next(server):
                sent += 1
        except ServerAway as away:
            _wait_for(away, at=clock.now())
            return 0
    return sent


@transaction.atomic
def send_again(mail: OutgoingMail, *, by: User, at: datetime) -> None:
    """Let a mail that failed, or is uncertain, leave once more. Raises NothingToSendAgain."""
    mail.send_again(by=by, at=at)
    _tell(mail, at=at)


def _send_next(server: Server) -> bool:
    """Send one mail; False when none is due. Raises ServerAway, the mail being back in the queue."""
    taken = OutgoingMail.take()
    if taken is None:
        return False
    faults.point("outbox.after-take")  # the mail is known to be in sending
    away = None
    with transaction.atomic():
        mail = OutgoingMail.in_hand(taken.pk)
        if mail is not None:
            away = _send(mail, server)
            faults.point("outbox.before-told")  # the server answered, nothing of it is written down
            _tell(mail, at=clock.now())
            faults.point("outbox.before-commit")  # the fate is written, not committed
    faults.point("outbox.after-commit")  # the fate is committed
    if away:
        raise away
    return True


def _wait_for(away: ServerAway, *, at: datetime) -> None:
    log.warning("outbox.server_away", error=str(away))
    for mail in OutgoingMail.wait_for_server(str(away), at=at):
        with transaction.atomic():
            mail.failed(str(away), at=at)
            _tell(mail, at=at)


def _send(mail: OutgoingMail, server: Server) -> ServerAway | None:
    """Send the mail and write down what came of it. Only the database may stop this."""
    if mail.is_doubtful:
        mail.leave_to_a_person(STOPPED_TWICE)
        return None
    try:
        refused = server.send(_composed(mail, at=clock.now()))
        mail.sent(
            detail="; ".join(f"{address}: {words}" for address, words in refused.items()), at=clock.now()
        )
    except ServerAway as away:
        mail.back_to_the_queue(str(away), at=clock.now())
        return away
    except NotNow as later:
        mail.postpone(str(later), at=clock.now())
    except AnswerLost as lost:
        mail.doubt(str(lost), at=clock.now())
    except (Never, Unsendable) as refusal:
        mail.failed(str(refusal), at=clock.now())
    except DatabaseError:
        raise
    except Exception as error:
        log.exception("outbox.failed", mail=str(mail.pk))
        mail.failed(one_line(f"{type(error).__name__}: {error}"), at=clock.now())
    return None


def _composed(mail: OutgoingMail, *, at: datetime) -> Mail:
    if mail.letter_id:
        return compose(letters.plan(mail.letter_id, message_id=mail.rfc_message_id, at=at))
    message = mail.message
    if message is None or message.ticket_id != mail.lane:
        raise Unsendable("The message is no longer there.")
    return compose(answers.plan(message, message_id=mail.rfc_message_id, to=mail.pairs, at=at))


#: What the timeline of the ticket says, for each state of the outbox.
_DELIVERY = {
    OutgoingMail.State.QUEUED: Message.Delivery.QUEUED,
    OutgoingMail.State.SENT: Message.Delivery.SENT,
    OutgoingMail.State.FAILED: Message.Delivery.FAILED,
    OutgoingMail.State.UNCERTAIN: Message.Delivery.UNCERTAIN,
}


def _tell(mail: OutgoingMail, *, at: datetime) -> None:
    """Let those who wait for it know: the ticket, or the letter, which then forgets its secret."""
    if mail.letter_id and mail.state == OutgoingMail.State.SENT:
        letters.was_sent(mail.letter_id, at=at)
    if mail.message:
        state = _DELIVERY[OutgoingMail.State(mail.state)]
        mail.message.ticket.record_delivery(mail.message, state=state, detail=mail.last_error, at=at)

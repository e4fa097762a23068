"""The outbox empties itself: each mail is composed, handed to the server, and its fate written down.

That a mail is being sent is committed before the first word to the server. Whoever finds it in that state in
nobody's hands knows that its sender died in between, and that it may have left.
"""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import Error as DatabaseError
from django.db import transaction

from handrail.accounts.models import User
from handrail.channels.email import answers, deliveries, dispatching, letters, servers
from handrail.channels.email.composing import Plan, compose
from handrail.channels.email.header_lines import Unsendable, mailable
from handrail.channels.email.models import Delivery, OutgoingMail, Suppression
from handrail.channels.email.outbound import AnswerLost, Never, NotNow, Outcome, ServerAway
from handrail.channels.email.servers import Servers
from handrail.kit import clock, drains, faults
from handrail.kit.text import one_line, small_letters

log = structlog.get_logger()

#: So many mails leave over one connection, then it is made anew.
BATCH = 50
#: So many threads of a worker send at once, so that a slow domain holds up none but itself.
SENDERS = 3
#: A talk that takes longer says that the domain is slow.
SLOW = timedelta(seconds=10)
STOPPED_TWICE = "The desk stopped twice while sending it."


@drains.drain("outgoing", threads=SENDERS)
def take_batch() -> int:
    """Send what is due; returns how many mails met their fate. Zero also while the server is away."""
    soon: list[UUID] = []
    sent, taken = 0, OutgoingMail.take(soon)
    with Servers() as open_servers:
        while taken is not None:
            met, taken = _send_one(taken, open_servers, soon=soon, is_last=sent + 1 >= BATCH)
            sent += met
    return sent


@transaction.atomic
def send_again(mail: OutgoingMail, *, by: User, at: datetime) -> None:
    """Let a mail leave once more to those who did not get it. Raises NothingToSendAgain."""
    mail.send_again(by=by, at=at)
    deliveries.tell(mail, at=at)


@transaction.atomic
def readdress(mail: OutgoingMail, delivery: Delivery, *, address: str, by: User, at: datetime) -> None:
    """Mend an address and let the mail leave to it. Raises Unsendable, SameRecipient, NothingToSendAgain."""
    mail.readdress(delivery.pk, address=address, by=by, at=at)
    deliveries.tell(mail, at=at)


@transaction.atomic
def call_off(mail: OutgoingMail, *, by: User, at: datetime) -> None:
    """Take a mail out of the queue. Raises NotWaiting."""
    mail.call_off(by=by, at=at)
    deliveries.tell(mail, at=at)


def _send_one(
    mail_id: UUID, open_servers: Servers, *, soon: list[UUID], is_last: bool
) -> tuple[int, UUID | None]:
    """Send one mail: 1 when it met its fate, 0 when its server is away; and the id of the one taken next.

    The next one is taken in the transaction that writes down this one's fate: one commit for each mail.
    """
    faults.point("outbox.after-take")  # the mail is known to be in sending
    away = taken = None
    with transaction.atomic():
        mail = OutgoingMail.in_hand(mail_id)
        if mail is not None:
            away = _send(mail, open_servers)
            faults.point("outbox.before-told")  # the server answered, nothing of it is written down
            deliveries.tell(mail, at=clock.now())
        if not away and not is_last:
            taken = OutgoingMail.take(soon)
        faults.point("outbox.before-commit")  # the fate is written, not committed
    faults.point("outbox.after-commit")  # the fate is committed
    if not away or mail is None:
        return 1, taken
    servers.is_away(mail.server, str(away), at=clock.now())
    return 0, OutgoingMail.take(soon)


def _send(mail: OutgoingMail, open_servers: Servers) -> ServerAway | None:
    """Send the mail and write down what came of it. Only the database may stop this."""
    at = clock.now()
    if mail.is_doubtful:
        mail.leave_to_a_person(STOPPED_TWICE, at=at)
        return None
    readers = mail.all_deliveries()
    for some in _talks(_still_open(mail, readers, at=at), readers):
        away = _send_to(some, mail, readers, open_servers, at=at)
        if away or mail.settled_at:
            return away
    return None


def _talks(open_now: list[Delivery], readers: list[Delivery]) -> list[list[Delivery]]:
    """Who gets it by one talk with the server: all who may know of each other; each blind copy by itself.

    With one talk for all, a server might write the others' addresses into what it adds to the mail, or into
    a report (RFC 5321, 7.2).
    """
    seen = [each for each in open_now if not each.blind]
    talks = [seen] if seen or not readers else []
    return [*talks, *([each] for each in open_now if each.blind)]


def _send_to(
    open_now: list[Delivery],
    mail: OutgoingMail,
    readers: list[Delivery],
    open_servers: Servers,
    *,
    at: datetime,
) -> ServerAway | None:
    """Send it to some of its readers, by one talk, and write down what came of it."""
    try:
        _hand_over(mail, readers, open_now, open_servers, at=at)
    except ServerAway as away:
        mail.back_to_the_queue(str(away))
        return away
    except NotNow as later:
        _postpone(mail, open_now, str(later), at=at)
    except AnswerLost as lost:
        _doubt(mail, open_now, lost, at=at)
    except (Never, Unsendable) as refusal:
        _refuse(mail, open_now, str(refusal), at=at)
    except DatabaseError:
        raise
    except Exception as error:
        log.exception("outbox.failed", mail=str(mail.pk))
        _refuse(mail, open_now, one_line(f"{type(error).__name__}: {error}"), at=at)
    return None


def _refuse(mail: OutgoingMail, to: list[Delivery], words: str, *, at: datetime) -> None:
    """The mail itself is not taken. Where only a blind copy was tried, the others are not concerned."""
    if not any(each.blind for each in to):
        mail.fail(words, at=at)
        return
    Delivery.objects.filter(pk__in=[each.pk for each in to]).turn(Delivery.State.FAILED, detail=words, at=at)
    mail.settle(at=at)


def _hand_over(
    mail: OutgoingMail, readers: list[Delivery], to: list[Delivery], open_servers: Servers, *, at: datetime
) -> None:
    """Give the mail to the server and keep what it said for each recipient."""
    blind = to[0].address if to and to[0].blind else ""
    composed = compose(_plan(mail, readers, at=at), only={each.address for each in to}, blind=blind)
    began = clock.now()
    outcome = open_servers.of(mail).send(composed)
    took = clock.now() - began
    by_address = {mailable(each.address): each for each in to}
    open_servers.mind_the_domains(outcome, is_slow=took > SLOW, at=at)
    if len(outcome.taken) == len(readers):
        mail.everybody_has_it(readers, at=at)
        return
    _keep(mail, outcome, by_address, at=at)
    mail.settle(at=at)


def _keep(mail: OutgoingMail, outcome: Outcome, by_address: dict[str, Delivery], *, at: datetime) -> None:
    rows = Delivery.objects.filter(mail=mail.pk)
    taken = [by_address[address].pk for address in outcome.taken]
    rows.filter(pk__in=taken).turn(Delivery.State.SENT, at=at)
    for address, words in outcome.refused.items():
        rows.filter(pk=by_address[address].pk).turn(Delivery.State.FAILED, detail=words, at=at)
        deliveries.mind_the_address(mail, by_address[address].address, words, at=at)
    for address, words in outcome.later.items():
        _put_off(mail, [by_address[address]], words, at=at)


def _still_open(mail: OutgoingMail, readers: list[Delivery], *, at: datetime) -> list[Delivery]:
    """Who is to get it now. Suppressed addresses, and those that are none, end here, and visibly."""
    found = [each for each in readers if each.is_due]
    blocked = Suppression.reasons(mail.brand_id, [each.address for each in found])
    kept = []
    for each in found:
        words = blocked.get(small_letters(each.address))
        if words is not None:
            Delivery.objects.filter(pk=each.pk).turn(Delivery.State.SUPPRESSED, detail=words, at=at)
        elif trouble := _trouble_with(each.address):
            Delivery.objects.filter(pk=each.pk).turn(Delivery.State.FAILED, detail=trouble, at=at)
        else:
            kept.append(each)
    if found and not kept:
        mail.settle(at=at)
    return kept


def _trouble_with(address: str) -> str:
    try:
        mailable(address)
    except Unsendable as error:
        return str(error)
    return ""


def _postpone(mail: OutgoingMail, to: list[Delivery], words: str, *, at: datetime) -> None:
    _put_off(mail, to, words, at=at)
    mail.settle(at=at, error=words)


def _put_off(mail: OutgoingMail, to: list[Delivery], words: str, *, at: datetime) -> None:
    """Try again later; the older the mail, the later. Too old a mail fails."""
    rows, pause = Delivery.objects.filter(pk__in=[each.pk for each in to]), mail.pause_at_age(at=at)
    state = Delivery.State.QUEUED if pause else Delivery.State.FAILED
    rows.turn(state, detail=words, again=pause, at=at)


def _doubt(mail: OutgoingMail, to: list[Delivery], lost: AnswerLost, *, at: datetime) -> None:
    by_address = {mailable(each.address): each for each in to}
    tried = [by_address[address] for address in lost.outcome.taken]
    lost.outcome.taken = []
    _keep(mail, lost.outcome, by_address, at=at)
    mail.doubt(tried, str(lost), at=at)


def _plan(mail: OutgoingMail, readers: list[Delivery], *, at: datetime) -> Plan:
    if mail.letter_id:
        return letters.plan(mail.letter_id, message_id=mail.rfc_message_id, at=at)
    known = [each for each in readers if not _trouble_with(each.address)]
    to = [each.pair for each in known if not each.copied]
    if mail.dispatch:
        return dispatching.plan(mail.dispatch, message_id=mail.rfc_message_id, to=to, at=at)
    if mail.message is None:
        raise Unsendable("The message is no longer there.")
    return answers.plan(
        mail.message,
        message_id=mail.rfc_message_id,
        to=to,
        cc=[each.pair for each in known if each.copied and not each.blind],
        account=mail.account,
        at=at,
    )

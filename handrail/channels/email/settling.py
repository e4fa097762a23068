"""Carrying out what was decided about a mail, and what follows from it: report, warning, acknowledgement."""

from datetime import datetime
from uuid import uuid5

from handrail.channels.email import acknowledging, alarms, bounces, copies, history
from handrail.channels.email.events import PhishingSuspected
from handrail.channels.email.inbound import ReadMail
from handrail.channels.email.models import EmailAccount, RawMail
from handrail.channels.email.placing import Desk, Fate, Placement
from handrail.events import publish
from handrail.tickets import linking, receiving
from handrail.tickets.models import Message

_STATES = {Fate.HOLD: RawMail.State.HELD, Fate.SPAM: RawMail.State.SPAM}
#: Signs that an operator should hear of; others are only said on the message.
GRAVE = frozenset(
    {"look-alike-domain", "name-of-colleague", "colleague-unproven", "risky-file", "name-of-ours"}
)


def settle(
    mail: RawMail,
    account: EmailAccount,
    read: ReadMail,
    placed: Placement,
    *,
    desk: Desk,
    fingerprint: bytes,
    at: datetime,
) -> None:
    """Bring the mail to its end. Raises IntegrityError when its twin was faster."""
    if placed.fate is Fate.IGNORE:
        bounces.note(read, at=mail.received_at)
        mail.ignore(placed.reason)
    elif state := _STATES.get(placed.fate):
        mail.keep_back(
            state, placed.reason, fingerprint=fingerprint, findings=placed.findings.as_json(), at=at
        )
        _alarm(account, placed, at=at)
    elif (twin := _twin(mail, account, read, fingerprint, desk)) and copies.is_one_with(
        twin, account, placed
    ):
        copies.fold_into(twin, mail, account)
    else:
        was_done = placed.ticket is not None and placed.ticket.is_done
        message = _receive(mail, account, placed)
        if mail.is_history and was_done:
            history.lay_down(message)
        mail.became(message.pk, fingerprint=fingerprint, findings=placed.findings.as_json())
        follow_up(mail, account, read, placed, message, desk=desk, fingerprint=fingerprint)


def follow_up(
    mail: RawMail,
    account: EmailAccount,
    read: ReadMail,
    placed: Placement,
    message: Message,
    *,
    desk: Desk,
    fingerprint: bytes,
) -> None:
    """What follows when a mail became a message."""
    if placed.fate is Fate.NEW and (twin := _twin(mail, account, read, fingerprint, desk)):
        copies.tie(twin, message, mail, account)
    if placed.follows:
        linking.tie(message.ticket, placed.follows.survivor(), way="related", by=None, at=mail.received_at)
    bounces.note(read, ticket_id=message.ticket_id, at=mail.received_at)
    grave = tuple(each.sign for each in placed.findings.warnings if each.sign in GRAVE)
    if grave:
        fact = PhishingSuspected(
            message_id=message.pk, ticket_id=message.ticket_id, signs=grave, at=mail.received_at
        )
        publish(fact)
    if mail.is_history and placed.fate is Fate.NEW:
        history.lay_down(message)
    elif placed.fate is Fate.NEW:
        acknowledging.answer(mail, account, read, placed, message, found=desk.answers.get(account.pk))


def _twin(
    mail: RawMail, account: EmailAccount, read: ReadMail, fingerprint: bytes, desk: Desk
) -> copies.Twin | None:
    if not copies.went_elsewhere(mail, account, read, desk):
        return None
    return copies.twin_of(mail, account, fingerprint)


def _receive(mail: RawMail, account: EmailAccount, placed: Placement) -> Message:
    return receiving.receive(
        placed.inbound,
        brand=account.brand,
        team=account.team,
        ticket=placed.ticket,
        standing=placed.standing,
        at=mail.received_at,
    )


def _alarm(account: EmailAccount, placed: Placement, *, at: datetime) -> None:
    """Somebody must look at held mail; a sender who floods rings once an hour."""
    if placed.fate is Fate.HOLD:
        hour = at.replace(minute=0, second=0, microsecond=0)
        about = uuid5(account.pk, placed.findings.sender)
        alarms.notice(
            "held", about_id=about, detail=placed.findings.sender, brand_id=account.brand_id, at=hour
        )

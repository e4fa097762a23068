"""What became of a mail for its recipients: told to the ticket, and learned from reports that come later."""

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.channels.email import letters
from handrail.channels.email.models import Delivery, OutgoingMail, Suppression
from handrail.kit.text import small_letters
from handrail.tickets.models import Message

State = Delivery.State

#: The state of a mail is that of its worst recipient among those whom it was written to.
WORST_FIRST = (
    State.QUEUED,
    State.UNCERTAIN,
    State.BOUNCED,
    State.FAILED,
    State.SUPPRESSED,
    State.SENT,
    State.DELIVERED,
)
#: What a report can say of a recipient; "delayed" changes no state.
BOUNCED, DELIVERED, COMPLAINED, DELAYED = "bounced", "delivered", "complained", "delayed"
#: Enhanced status codes (RFC 3463) that say: this address will never work.
_LASTING = re.compile(r"\b5\.(1\.(1|2|3|6|10)|2\.1|4\.4)\b")
_ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


@transaction.atomic
def delivery_reported(
    *,
    message_id: str,
    recipient: str,
    kind: str,
    detail: str = "",
    lasting: bool = True,
    brand_id: UUID | None = None,
    at: datetime,
) -> bool:
    """A report about a mail of ours: from the other side's server (DSN) or from a provider.

    message_id: of the mail as we sent it. kind: bounced | delivered | complained | delayed. lasting: of a
    bounce, whether it may say that the address will never work. brand_id: whose provider reports; then an
    address is learned about also where the provider does not repeat our id.
    Returns whether it was about a recipient of a mail of ours. The same report again changes nothing.
    """
    mail = OutgoingMail.objects.filter(rfc_message_id=message_id.strip("<> ")).first()
    one = mail and Delivery.objects.filter(mail=mail.pk, address__iexact=recipient.strip()).first()
    if mail is None or one is None:
        return bool(brand_id) and _learn_of_address(brand_id, recipient, kind, detail, lasting=lasting, at=at)
    if kind == COMPLAINED:
        _suppress(mail.brand_id, one.address, Suppression.Reason.COMPLAINED, detail, at=at)
    elif _learn(one, kind, detail, at=at):
        if kind == BOUNCED:
            mind_the_address(mail, one.address, detail, at=at, unless_told=lasting)
        _sum_up(mail.pk, at=at)
    return True


def tell(mail: OutgoingMail, *, at: datetime) -> None:
    """Let those who wait for it know: the ticket, or the letter, which then forgets its secret."""
    if mail.letter_id and mail.state == OutgoingMail.State.SENT:
        letters.was_sent(mail.letter_id, at=at)
    if mail.message is None:
        return
    rows = mail.all_deliveries()
    mail.message.ticket.record_delivery(
        mail.message,
        state=state_of(mail, rows),
        detail=mail.last_error,
        recipients=[row.told() for row in rows],
        at=at,
    )


def state_of(mail: OutgoingMail, rows: list[Delivery]) -> Message.Delivery:
    """What the timeline says of the mail as a whole."""
    if not rows:
        waits = mail.state == OutgoingMail.State.QUEUED
        return Message.Delivery.QUEUED if waits else Message.Delivery.FAILED
    meant = [row for row in rows if not row.copied] or rows
    states = {row.state for row in meant}
    return Message.Delivery(next(state for state in WORST_FIRST if state in states).value)


def mind_the_address(
    mail: OutgoingMail, address: str, words: str, *, unless_told: bool = False, at: datetime
) -> None:
    """Send no more of a brand's mail to an address that will never work.

    unless_told: a report without a status code is believed, a server's refusal without one is not.
    """
    lasting = _LASTING.search(words) or (unless_told and not _ENHANCED.search(words))
    if lasting and not mail.letter_id:
        _suppress(mail.brand_id, address, Suppression.Reason.BOUNCED, words, at=at)


def _learn(one: Delivery, kind: str, detail: str, *, at: datetime) -> bool:
    """Keep what the report says; False when it says nothing new. A bounce is the last word."""
    rows = Delivery.objects.filter(pk=one.pk)
    if kind == BOUNCED:
        return bool(rows.exclude(state=State.BOUNCED).turn(State.BOUNCED, detail=detail, at=at))
    if kind == DELIVERED:
        known = rows.filter(state__in=[State.SENT, State.UNCERTAIN])
        return bool(known.turn(State.DELIVERED, at=at))
    return bool(rows.filter(state=State.SENT).exclude(detail=detail[:500]).update(detail=detail[:500]))


def _learn_of_address(
    brand_id: UUID | None, recipient: str, kind: str, detail: str, *, lasting: bool, at: datetime
) -> bool:
    """Which mail it was is not said, but that an address we wrote to complained or does not work."""
    address = recipient.strip()
    written = Delivery.objects.filter(mail__brand=brand_id, address__in={address, small_letters(address)})
    if not written.exists():
        return False
    if kind == COMPLAINED:
        _suppress(brand_id, address, Suppression.Reason.COMPLAINED, detail, at=at)
    elif kind == BOUNCED and lasting and not (_ENHANCED.search(detail) and not _LASTING.search(detail)):
        _suppress(brand_id, address, Suppression.Reason.BOUNCED, detail, at=at)
    return True


def _suppress(
    brand_id: UUID | None, address: str, reason: Suppression.Reason, detail: str, *, at: datetime
) -> None:
    if brand_id:
        Suppression.add(brand_id=brand_id, address=address, reason=reason, detail=detail, at=at)


def _sum_up(mail_id: UUID, *, at: datetime) -> None:
    """Tell the ticket; a mail in a sender's hands is summed up by that sender."""
    rows = OutgoingMail.objects.filter(pk=mail_id).exclude(state=OutgoingMail.State.SENDING)
    whole = rows.select_related("message__ticket")
    mail = whole.select_for_update(skip_locked=True, of=("self",)).first()
    if mail is not None and mail.state != OutgoingMail.State.CANCELLED:
        mail.settle(at=at)
        tell(mail, at=at)

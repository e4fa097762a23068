"""One mail that came to several of our mailboxes: a ticket each, tied together, or one for all of them."""

from dataclasses import dataclass

from django.db import connection

from handrail.channels.email.events import MailCameAlsoTo
from handrail.channels.email.inbound import ReadMail
from handrail.channels.email.models import EmailAccount, RawMail
from handrail.channels.email.placing import Desk, Fate, Placement
from handrail.tickets import linking
from handrail.tickets.models import Message, Ticket

#: So many people of a mail are looked through for mailboxes of ours.
LOOKED_AT = 100


@dataclass(frozen=True, kw_only=True)
class Twin:
    """What the same mail became at another mailbox of the brand."""

    address: str
    message: Message

    @property
    def ticket(self) -> Ticket:
        return self.message.ticket


def went_elsewhere(mail: RawMail, account: EmailAccount, read: ReadMail, desk: Desk) -> bool:
    """Whether the mail names another mailbox of ours; without a query, for most mails name none."""
    people = [address.normal for address in (*read.to, *read.cc)][:LOOKED_AT]
    named = {_bare(address) for address in (*people, *mail.envelope_to[:LOOKED_AT])}
    return not desk.addresses.isdisjoint(named - {account.address})


def twin_of(mail: RawMail, account: EmailAccount, fingerprint: bytes) -> Twin | None:
    """The same mail at another mailbox of the brand, the first that became a message.

    Of two copies that are settled at the same time, one waits for the other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"copies {fingerprint.hex()}"])
    others = list(EmailAccount.objects.filter(brand=account.brand_id).exclude(pk=account.pk))
    came = RawMail.objects.filter(account__in=others, fingerprint=fingerprint, state=RawMail.State.DONE)
    for first in came.exclude(pk=mail.pk).without_bytes().select_related("account").order_by("id"):
        message = _message(first)
        if message and first.account:
            return Twin(address=first.account.address, message=message)
    return None


def _message(mail: RawMail) -> Message | None:
    if mail.message_id is None:
        return None
    return Message.objects.select_related("ticket").filter(pk=mail.message_id).first()


def is_one_with(twin: Twin, account: EmailAccount, placed: Placement) -> bool:
    """Whether the copy adds nothing: its ticket has it already, or both mailboxes share their tickets.

    A ticket is shared only within a team: else those who read this mailbox might not see it.
    """
    if placed.fate is Fate.JOIN:
        return placed.ticket is not None and twin.message.ticket_id == placed.ticket.pk
    shares = account.copies == EmailAccount.Copies.SHARED
    return placed.fate is Fate.NEW and shares and twin.ticket.team_id == account.team_id


def fold_into(twin: Twin, mail: RawMail, account: EmailAccount) -> None:
    """The copy becomes no message of its own; its ticket tells that it came."""
    mail.is_twin_of(twin.message.pk)
    at, ticket = mail.received_at, twin.ticket
    ticket.tell(MailCameAlsoTo(ticket_id=ticket.pk, address=account.address, other_number=None, at=at))


def tie(twin: Twin, message: Message, mail: RawMail, account: EmailAccount) -> None:
    """Tie the tickets that the copies became, and tell each of the other."""
    mine, other, at = message.ticket, twin.ticket.survivor(), mail.received_at
    if mine.pk == other.pk:
        return
    linking.tie(mine, other, way="related", by=None, at=at)
    for ticket, address, number in (
        (mine, twin.address, other.number),
        (other, account.address, mine.number),
    ):
        ticket.tell(MailCameAlsoTo(ticket_id=ticket.pk, address=address, other_number=number, at=at))


def _bare(address: str) -> str:
    """In small letters, without what stands behind a plus."""
    name, _at, domain = address.lower().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"

"""Where a mail belongs, by scored evidence: on a ticket, perhaps on one, or on none yet.

Nothing that anybody can write joins by itself: not a number in the subject, not the id of a public mail. Only
tickets of the brand that was written to are looked at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from handrail.accounts.models import Brand
from handrail.channels.email import evidence, threading, tokens
from handrail.channels.email.evidence import Sign
from handrail.channels.email.inbound import NOBODY, ReadMail
from handrail.channels.email.kinds import REPORTS, Kind
from handrail.channels.email.models import Precedent
from handrail.tickets.models import Message, Ticket

#: So many ids and tokens of one mail are looked at, the newest first.
LOOKED_AT = 50
#: So many of a sender's latest tickets, and messages of each, are compared with a mail's words.
TICKETS_COMPARED, MESSAGES_COMPARED = 20, 10


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A ticket, what speaks for it, and how the writer stands to it."""

    ticket: Ticket
    standing: Message.Standing
    signs: frozenset[Sign]

    @property
    def points(self) -> int:
        return evidence.points_of(self.signs)

    @property
    def is_sure(self) -> bool:
        return self.points >= evidence.JOINS_FROM

    @property
    def is_doubtful(self) -> bool:
        return evidence.ASKS_FROM <= self.points < evidence.JOINS_FROM


def find(
    read: ReadMail,
    *,
    brand: Brand,
    sender: str,
    envelope_to: Sequence[str],
    references: Sequence[str],
    verified: bool,
    at: datetime,
) -> Joined | None:
    """The ticket this mail most likely belongs to; None when nothing points at one.

    sender: who wrote, in small letters. references: what the mail refers to, oldest first. verified: the
    sender's own servers vouch for that address.
    """
    plus = [*tokens.behind_plus(envelope_to), *threading.reply_tokens_of(read.fields)]
    found = (
        _by_token(brand, sender, list(dict.fromkeys(plus))[:LOOKED_AT], Sign.TOKEN)
        or _by_reference(brand, sender, [each for each in references if each][-LOOKED_AT:], read.kind)
        or _by_token(brand, sender, tokens.within(read.quoted or read.text)[:LOOKED_AT], Sign.MARKER)
        or _by_words(brand, sender, read, at=at)
    )
    if found and verified and Sign.SENDER in found.signs:
        return Joined(ticket=found.ticket, standing=found.standing, signs=found.signs | {Sign.VERIFIED})
    return found


def _by_token(brand: Brand, sender: str, reply_tokens: list[str], sign: Sign) -> Joined | None:
    """Who knows a token was given it: by us, or by somebody we wrote to. The latter is a third party."""
    claims = [claim for claim in map(tokens.read, reply_tokens) if claim]
    if not claims:
        return None
    for ticket in Ticket.objects.filter(brand=brand, number__in=[claim.number for claim in claims]):
        if any(claim.is_true_of(ticket_id=ticket.pk, number=ticket.number) for claim in claims):
            return _joined(ticket, sender, {sign})
    return None


def _by_reference(brand: Brand, sender: str, message_ids: list[str], kind: Kind) -> Joined | None:
    """Ids can be seen by many, so the writer must belong to the conversation as well.

    A server's report need not: the id of a mail that we sent cannot be guessed.
    """
    if not message_ids or (sender == NOBODY and kind not in REPORTS):
        return None
    known = Message.objects.filter(external_id__in=message_ids, ticket__brand=brand)
    rows = known.exclude(kind=Message.Kind.NOTE).select_related("ticket").order_by()[: LOOKED_AT * 2]
    newest_first = sorted(rows, key=lambda row: message_ids.index(row.external_id), reverse=True)
    for row in newest_first:
        ours = row.kind == Message.Kind.REPLY
        sign = Sign.OUR_ID if ours else Sign.KNOWN_ID
        if _takes_part(row.ticket, sender) or _was_written_to(row.ticket, sender):
            return _joined(row.ticket, sender, {sign, Sign.SENDER})
        if ours and kind in REPORTS:
            return _joined(row.ticket, sender, {sign})
    return None


def _by_words(brand: Brand, sender: str, read: ReadMail, *, at: datetime) -> Joined | None:
    """By number, subject and quotation: for who takes part in that ticket only."""
    number = threading.subject_number_of(read.subject)
    answers = evidence.is_answer(read.subject)
    if sender == NOBODY or not (answers or number):
        return None
    key = evidence.subject_key(read.subject)
    precedent = Precedent.objects.select_related("ticket").filter(sender=sender, subject_key=key).first()
    if precedent and precedent.ticket is None:
        return None
    since = at - timedelta(days=evidence.SOON_DAYS)
    found = [
        _weighed(ticket, read, key=key if answers else "", number=number, since=since, precedent=precedent)
        for ticket in _tickets_of(brand, sender)
    ]
    return max(found, key=lambda each: each.points, default=None)


def _tickets_of(brand: Brand, sender: str) -> list[Ticket]:
    """The latest tickets on which this address takes part."""
    rows = Ticket.objects.filter(_here(sender), brand=brand).distinct()
    return list(rows.order_by("-updated_at")[:TICKETS_COMPARED])


def _weighed(
    ticket: Ticket,
    read: ReadMail,
    *,
    key: str,
    number: int | None,
    since: datetime,
    precedent: Precedent | None,
) -> Joined:
    signs = {Sign.SENDER}
    if number == ticket.number:
        signs.add(Sign.NUMBER)
    if key and evidence.subject_key(ticket.subject) == key:
        signs.add(Sign.SUBJECT)
    if signs & {Sign.NUMBER, Sign.SUBJECT}:
        if ticket.updated_at >= since:
            signs.add(Sign.SOON)
        if _is_quoted(ticket, read):
            signs.add(Sign.QUOTE)
    if precedent and precedent.ticket_id == ticket.pk:
        signs.add(Sign.LEARNED)
    return Joined(ticket=ticket, standing=Message.Standing.ON_TICKET, signs=frozenset(signs))


def _is_quoted(ticket: Ticket, read: ReadMail) -> bool:
    """Whether the mail repeats words of an answer of ours: who knows them has read it."""
    quoted = evidence.rows_of(evidence.quoted_in(read.text, history=read.quoted))
    if not quoted:
        return False
    said = Message.objects.filter(ticket=ticket, kind=Message.Kind.REPLY).order_by("-id")
    texts = said.values_list("text", flat=True)[:MESSAGES_COMPARED]
    return any(evidence.quotes(quoted, evidence.rows_of(text)) for text in texts)


def _joined(ticket: Ticket, sender: str, signs: Iterable[Sign]) -> Joined:
    """The standing follows from taking part, not from how the ticket was found."""
    standing = standing_on(ticket, sender)
    known = {Sign.SENDER} if standing is Message.Standing.ON_TICKET else set()
    return Joined(ticket=ticket, standing=standing, signs=frozenset({*signs, *known}))


def standing_on(ticket: Ticket, sender: str) -> Message.Standing:
    """How an address stands to a ticket, whatever its mail says."""
    part = _takes_part(ticket, sender)
    return Message.Standing.ON_TICKET if part else Message.Standing.THIRD_PARTY


def _here(sender: str) -> Q:
    """By address, or as the very person who asked from another address."""
    return Q(participants__address=sender) | Q(
        requester__identities__kind="email", requester__identities__value=sender
    )


def _takes_part(ticket: Ticket, sender: str) -> bool:
    """Here, or put in copy by us."""
    if Ticket.objects.filter(_here(sender), pk=ticket.pk).exists():
        return True
    return sender in _readers_of(ticket, kind=Message.Kind.REPLY)


def _was_written_to(ticket: Ticket, sender: str) -> bool:
    """Customers write among themselves with us in copy: who got such a message may answer it."""
    return sender in _readers_of(ticket, kind=Message.Kind.CUSTOMER, standing=Message.Standing.ON_TICKET)


def _readers_of(ticket: Ticket, **kind: str) -> set[str]:
    """Who got the messages of this kind, as their headers say."""
    rows = Message.objects.filter(ticket=ticket, **kind).order_by("-id")
    pairs = rows.values_list("to", "cc")[:LOOKED_AT]
    return {address.lower() for to, cc in pairs for _name, address in (*to, *cc)}

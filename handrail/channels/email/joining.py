"""Where a mail belongs, by scored evidence: on a ticket, perhaps on one, or on none yet.

Nothing that anybody can write joins by itself: not a number in the subject, not the id of a public mail. Only
tickets of the brand that was written to are looked at. A mail belongs to the ticket it was written to, merged
or not: where its messages lie now is known to whoever takes it in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from handrail.accounts.models import Brand
from handrail.channels.email import evidence, threading, tokens
from handrail.channels.email.conversing.introductions import read_introduction
from handrail.channels.email.conversing.layers import introduction_of
from handrail.channels.email.evidence import Sign
from handrail.channels.email.inbound import NOBODY, ReadMail
from handrail.channels.email.kinds import REPORTS, Kind
from handrail.channels.email.models import Precedent
from handrail.tickets.models import Message, Split, Ticket

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
    answered = [each for each in references if each][-LOOKED_AT:]
    found = (
        _by_token(brand, sender, list(dict.fromkeys(plus))[:LOOKED_AT], Sign.TOKEN, answered)
        or _by_reference(brand, sender, answered, read.kind)
        or _by_token(
            brand, sender, tokens.within(read.quoted or read.text)[:LOOKED_AT], Sign.MARKER, answered
        )
        or _by_words(brand, sender, read, at=at)
    )
    if found and verified and Sign.SENDER in found.signs:
        return Joined(ticket=found.ticket, standing=found.standing, signs=found.signs | {Sign.VERIFIED})
    return found


def names_false_token(read: ReadMail, *, envelope_to: Sequence[str], joined: Joined | None) -> bool:
    """Whether it was written to a reply address that is none of ours: a try, or a ticket that is gone."""
    if joined and Sign.TOKEN in joined.signs:
        return False
    return any(map(tokens.read, [*tokens.behind_plus(envelope_to), *threading.reply_tokens_of(read.fields)]))


def _by_token(
    brand: Brand, sender: str, reply_tokens: list[str], sign: Sign, answered: list[str]
) -> Joined | None:
    """Who knows a token was given it: by us, or by somebody we wrote to. The latter is a third party."""
    claims = [claim for claim in map(tokens.read, reply_tokens) if claim]
    if not claims:
        return None
    was_split = Exists(Split.objects.filter(origin=OuterRef("pk"), undone_at=None))
    named = Ticket.objects.filter(brand=brand, number__in=[claim.number for claim in claims])
    tickets: Any = named.annotate(was_split=was_split)
    for ticket in tickets:
        if any(claim.is_true_of(ticket_id=ticket.pk, number=ticket.number) for claim in claims):
            half = _half_of(ticket, answered) if ticket.was_split else ticket
            return _joined(half, sender, {sign})
    return None


def _half_of(ticket: Ticket, answered: list[str]) -> Ticket:
    """The part that was split off, when the mail answers a message that went there with its old token."""
    newest_first = _answered_on(answered, brand_id=ticket.brand_id)
    home = _home_of(newest_first[0]) if newest_first else ticket
    is_part = home.pk != ticket.pk and Split.is_part_of(part_id=home.pk, origin_id=ticket.pk)
    return home if is_part else ticket


def _by_reference(brand: Brand, sender: str, message_ids: list[str], kind: Kind) -> Joined | None:
    """Ids can be seen by many, so the writer must belong to the conversation as well.

    A server's report need not: the id of a mail that we sent cannot be guessed.
    """
    if not message_ids or (sender == NOBODY and kind not in REPORTS):
        return None
    for row in _answered_on(message_ids, brand_id=brand.pk):
        ours, home = row.kind == Message.Kind.REPLY, _home_of(row)
        sign = Sign.OUR_ID if ours else Sign.KNOWN_ID
        if _takes_part(home, sender) or _was_written_to(home, sender):
            return _joined(home, sender, {sign, Sign.SENDER})
        if ours and kind in REPORTS:
            return _joined(home, sender, {sign})
    return None


def _answered_on(message_ids: list[str], *, brand_id: UUID) -> list[Message]:
    """Our messages with these ids, the one that was answered last first."""
    known = Message.objects.filter(external_id__in=message_ids, ticket__brand=brand_id)
    rows = known.exclude(kind=Message.Kind.NOTE).select_related("ticket", "home").order_by()
    return sorted(rows[: LOOKED_AT * 2], key=lambda row: message_ids.index(row.external_id), reverse=True)


def _home_of(message: Message) -> Ticket:
    """The ticket it was written to, wherever it lies now."""
    return message.home or message.ticket


def _said_on(ticket: Ticket) -> "QuerySet[Message]":
    """What was written to it: of a merged ticket, what lies on another now."""
    here = Q(home=ticket) if ticket.merged_into_id else Q(ticket=ticket, home=None)
    return Message.objects.filter(here)


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
    if Sign.SUBJECT in signs and Sign.NUMBER not in signs and _is_named(ticket, read):
        signs.add(Sign.NAMED)
    if precedent and precedent.ticket_id in (ticket.pk, ticket.merged_into_id):
        signs.add(Sign.LEARNED)
    return Joined(ticket=ticket, standing=Message.Standing.ON_TICKET, signs=frozenset(signs))


def _is_quoted(ticket: Ticket, read: ReadMail) -> bool:
    """Whether the mail repeats words of an answer of ours: who knows them has read it."""
    quoted = evidence.rows_of(evidence.quoted_in(read.text, history=read.quoted))
    if not quoted:
        return False
    said = _said_on(ticket).filter(kind=Message.Kind.REPLY).order_by("-id")
    texts = said.values_list("text", flat=True)[:MESSAGES_COMPARED]
    return any(evidence.quotes(quoted, evidence.rows_of(text)) for text in texts)


def _is_named(ticket: Ticket, read: ReadMail) -> bool:
    """Whether it tells, above what it quotes, the day and minute of an answer of ours.

    A number is no secret and a minute is soon guessed: those two together must not join.
    """
    told = read_introduction(introduction_of(read.text))
    if not (told.days and told.minute):
        return False
    said = _said_on(ticket).filter(kind=Message.Kind.REPLY).order_by("-id")
    return any(told.is_of(at) for at in said.values_list("at", flat=True)[:MESSAGES_COMPARED])


def _joined(ticket: Ticket, sender: str, signs: Iterable[Sign]) -> Joined:
    """The standing follows from taking part, not from how the ticket was found."""
    standing = standing_on(ticket, sender)
    known = {Sign.SENDER} if standing is Message.Standing.ON_TICKET else set()
    return Joined(ticket=ticket, standing=standing, signs=frozenset({*signs, *known}))


def may_belong_to(read: ReadMail, weak: Joined | None, *, brand: Brand, sender: str) -> int | None:
    """The number of a ticket that a mail points at without proof: by number or subject, told to a person.

    weak: what was found, too little to join or to ask about.
    """
    if weak is not None and weak.signs & {Sign.NUMBER, Sign.SUBJECT}:
        return weak.ticket.number
    number = threading.subject_number_of(read.subject) if evidence.is_answer(read.subject) else None
    if number is None or read.kind is not Kind.PERSON:
        return None
    settled = Precedent.objects.filter(
        sender=sender, subject_key=evidence.subject_key(read.subject), ticket=None
    )
    is_one = Ticket.objects.filter(brand=brand, number=number).exists()
    return number if is_one and not settled.exists() else None


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
    rows = _said_on(ticket).filter(**kind).order_by("-id")
    pairs = rows.values_list("to", "cc")[:LOOKED_AT]
    return {address.lower() for to, cc in pairs for _name, address in (*to, *cc)}

"""Where a mail belongs: on a ticket whose reply address or Message-ID it proves to know, else on a new one.

A number in the subject or behind a plus proves nothing: anybody can write one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from handrail.accounts.models import Brand
from handrail.channels.email import tokens
from handrail.channels.email.inbound import NOBODY
from handrail.tickets.models import Message, Ticket

#: So many ids and tokens of one mail are looked at, the newest first.
LOOKED_AT = 50


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A ticket, and how the writer stands to it."""

    ticket: Ticket
    standing: Message.Standing


def find(
    *, brand: Brand, sender: str, reply_tokens: Iterable[str], message_ids: Sequence[str]
) -> Joined | None:
    """The ticket this mail belongs to, or None for a new one. Only tickets of the brand that was written to.

    sender: who wrote, in small letters. message_ids: what the mail refers to, oldest first.
    """
    return _by_token(brand, sender, list(dict.fromkeys(reply_tokens))[:LOOKED_AT]) or _by_reference(
        brand, sender, [each for each in message_ids if each][-LOOKED_AT:]
    )


def _by_token(brand: Brand, sender: str, reply_tokens: list[str]) -> Joined | None:
    """Who knows a token was given it: by us, or by somebody we wrote to. The latter is a third party."""
    claims = [claim for claim in map(tokens.read, reply_tokens) if claim]
    for ticket in Ticket.objects.filter(brand=brand, number__in=[claim.number for claim in claims]):
        if any(claim.is_true_of(ticket_id=ticket.pk, number=ticket.number) for claim in claims):
            return Joined(ticket=ticket, standing=_standing_on(ticket, sender))
    return None


def _by_reference(brand: Brand, sender: str, message_ids: list[str]) -> Joined | None:
    """Ids can be seen by many, so the writer must belong to the conversation as well."""
    if not message_ids or sender == NOBODY:
        return None
    known = Message.objects.filter(external_id__in=message_ids, ticket__brand=brand)
    rows = known.exclude(kind=Message.Kind.NOTE).select_related("ticket").order_by()[: LOOKED_AT * 2]
    newest_first = sorted(rows, key=lambda row: message_ids.index(row.external_id), reverse=True)
    for ticket in dict.fromkeys(row.ticket for row in newest_first):
        if _takes_part(ticket, sender) or _was_written_to(ticket, sender):
            return Joined(ticket=ticket, standing=_standing_on(ticket, sender))
    return None


def _standing_on(ticket: Ticket, sender: str) -> Message.Standing:
    taking_part = _takes_part(ticket, sender)
    return Message.Standing.ON_TICKET if taking_part else Message.Standing.THIRD_PARTY


def _takes_part(ticket: Ticket, sender: str) -> bool:
    """By address, as the very person who asked from another address, or because we put them in copy."""
    here = Q(participants__address=sender) | Q(
        requester__identities__kind="email", requester__identities__value=sender
    )
    if Ticket.objects.filter(here, pk=ticket.pk).exists():
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

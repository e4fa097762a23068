"""Putting a customer's message on the ticket it belongs to: another one, or a new one."""

from datetime import datetime
from typing import Any

from django.db import transaction

from handrail.events import publish
from handrail.team.models import Agent
from handrail.tickets.events import MessageJoined, MessageParted, TicketOpened
from handrail.tickets.models import Message, Participant, Ticket
from handrail.tickets.models.message import snippet_of


class OnlyMessage(Exception):
    """The ticket would be left empty: two tickets are joined by merging."""


class NotFromOutside(Exception):
    """Only what came from outside can be moved."""


@transaction.atomic
def move(message: Message, *, to: Ticket | None, by: Agent, at: datetime) -> Ticket:
    """Put the message on this ticket, or on a new one; returns where it lies now.

    Both tickets tell of it, and both wait as their remaining messages say. Raises OnlyMessage,
    NotFromOutside.
    """
    if message.kind != Message.Kind.CUSTOMER:
        raise NotFromOutside
    left: Ticket = Ticket.objects.select_for_update().get(pk=message.ticket_id)
    if not left.messages.exclude(pk=message.pk).exists():
        raise OnlyMessage
    ticket = to.survivor() if to is not None else _opened_for(message, like=left, at=at)
    if ticket.pk == left.pk:
        return left
    _seat(message, ticket, is_new=to is None, at=at)
    for each in (left, ticket):
        wait_again(each, at=at)
    known: dict[str, Any] = {"message_id": message.pk, "by_agent_id": by.pk, "at": at}
    left.tell(MessageParted(ticket_id=left.pk, to_number=ticket.number, **known))
    ticket.tell(MessageJoined(ticket_id=ticket.pk, from_number=left.number, **known))
    return ticket


def _opened_for(message: Message, *, like: Ticket, at: datetime) -> Ticket:
    assert message.person is not None
    ticket: Ticket = Ticket.objects.create(
        subject=like.subject,
        channel=message.channel,
        language=like.language,
        brand=like.brand,
        team=like.team,
        requester=message.person,
        snippet=snippet_of(message.reply_text or message.text),
        created_at=at,
        updated_at=at,
    )
    publish(TicketOpened.of(ticket, at=at))
    return ticket


def _seat(message: Message, ticket: Ticket, *, is_new: bool, at: datetime) -> None:
    """Who wrote asks on a ticket of their own; on another's they stand as they stood there."""
    standing = message.standing
    if is_new:
        part = Participant.Part.REQUESTER
        name = message.person.name if message.person else ""
        Participant.joining(address=message.sender, name=name, part=part, at=at).seat(ticket)
        standing = Message.Standing.ON_TICKET
    elif not ticket.participants.filter(address=message.sender.lower()).exists():
        standing = Message.Standing.THIRD_PARTY
    message.lie_on(ticket, standing=standing)


def wait_again(ticket: Ticket, *, at: datetime) -> None:
    """The customer waits since the oldest message that no answer followed."""
    said = ticket.messages.order_by("id")
    answered = said.filter(kind=Message.Kind.REPLY).order_by("-at").values_list("at", flat=True).first()
    heard = said.filter(kind=Message.Kind.CUSTOMER).exclude(automatic__in=Message.ROBOTS)
    if answered:
        heard = heard.filter(at__gt=answered)
    since = heard.order_by("at").values_list("at", flat=True).first()
    if since is None or ticket.is_done:
        ticket.change(at=at, waiting_since=None)
    elif ticket.status in (Ticket.Status.WAITING, Ticket.Status.HOLD):
        ticket.turn(Ticket.Status.OPEN, at=at, waiting_since=since)
    else:
        ticket.change(at=at, waiting_since=since)

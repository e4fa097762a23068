"""A colleague opens a ticket: through the verbs that every other ticket goes through."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from handrail.accounts.models import Brand
from handrail.customers.models import Person
from handrail.fields.field import Noun
from handrail.fields.queries import setup_of
from handrail.kit.text import one_line, storable
from handrail.team.models import Agent
from handrail.tickets import outlets, reviewing
from handrail.tickets.by_hand.order import Order
from handrail.tickets.by_hand.ways import Mode
from handrail.tickets.by_hand.wording import beforehand, on_ticket
from handrail.tickets.events import TicketFact, TicketOpenedByHand
from handrail.tickets.inbound import Inbound
from handrail.tickets.models import Opening, OpeningDraft, Ticket
from handrail.tickets.receiving import open_for, receive

#: More than paragraphs and lines, which the bare text has too.
_MARKED_UP = re.compile(r"<(?!/?(?:p|br)\b)")


class UsedKey(Exception):
    """The key belongs to another ticket: somebody went back, wrote something else and sent it again."""


@transaction.atomic
def open_by_hand(
    order: Order, *, by: Agent, key: UUID, undo: timedelta = timedelta(0), at: datetime
) -> Opening:
    """Open the ticket, write on it what was to be written, and forget the draft of this id.

    The same key again returns the opening that is there. Raises UsedKey; fields.NotFitting, doing.Unfit,
    templating Unknown, Ticket.FieldsMissing, Ticket.MoveForbidden and Ticket.HeldUp as the verbs do, and then
    nothing was opened.
    """
    Agent.objects.select_for_update(of=("self",)).get(pk=by.pk)  # two presses at once stand in line here
    if again := _opened_before(order, key, by=by):
        return again
    name = order.template.name if order.template else ""
    told = partial(TicketOpenedByHand, by_agent_id=by.pk, way=order.way, template=name, at=at)
    ticket = placed(order, by=by, key=key, told=told, at=at)
    made = {"by": by, "key": key, "digest": order.digest, "template": order.template, "at": at}
    opening = Opening.objects.create(ticket=ticket, **made)
    write(ticket, order, by=by, key=key, undo=undo, at=at)
    if order.closing and not _is_read_first(order, by=by):
        ticket.close(by=by, reason=order.closing, at=at)
    OpeningDraft.discard(key, by=by)
    return opening


def placed(order: Order, *, by: Agent, key: UUID, told: Callable[..., TicketFact], at: datetime) -> Ticket:
    """The ticket with what the customer said, its place and its fields; part of a larger transaction.

    told: makes the fact that says how it came to be, given ticket_id.
    """
    brand = Brand.objects.get(pk=order.outlet.brand_id)
    author = _author(order, brand=brand, by=by, at=at)
    order = beforehand(order, author=author, brand=brand, by=by, at=at)
    inbound = _inbound(order, key=key, by=by, at=at)
    if order.mode == Mode.SAID:
        said = receive(inbound, brand=brand, team=order.team, author=author, stored=order.files, at=at)
        ticket = Ticket.objects.get(pk=said.ticket_id)
    else:
        ticket = open_for(inbound, author=author, brand=brand, team=order.team, at=at)
        ticket.change(at=at, waiting_since=None, last_received_at=None)
    outlets.choose(ticket, order.outlet)
    ticket.tell(told(ticket_id=ticket.pk))
    _settle(ticket, order, by=by, at=at)
    return ticket


def write(ticket: Ticket, order: Order, *, by: Agent, key: UUID, undo: timedelta, at: datetime) -> None:
    """The mail or the note that goes with it, if there is one."""
    text, html = on_ticket(order, ticket, by=by, at=at)
    words: dict[str, Any] = {"text": text, "html": html, "files": order.files}
    words |= {"by": by, "key": key, "at": at}
    if _is_read_first(order, by=by):
        wish = reviewing.Wish(text=text, html=html, key=key, closing=order.closing)
        reviewing.ask(ticket, wish, by=by, files=order.files, at=at)
    elif order.mode == Mode.MAIL:
        ticket.reply(undo=undo, **words)
    elif order.mode == Mode.NOTE:
        ticket.note(**words)


def _is_read_first(order: Order, *, by: Agent) -> bool:
    """Whether a mail goes with it that waits for its reader; the ticket is then closed as the mail leaves."""
    return order.mode == Mode.MAIL and by.answers_need_review


def _settle(ticket: Ticket, order: Order, *, by: Agent, at: datetime) -> None:
    """Whose it is, what is done with it, and its fields: those that must be filled in are minded."""
    if order.owner:
        ticket.assign(order.owner, by=by, at=at)
    for action in order.actions:
        action.do(ticket, by=by, at=at)
    if setup_of(Noun.TICKET).fields:
        ticket.fill(order.fields, by=by, unfinished=order.gaps, at=at)


def _opened_before(order: Order, key: UUID, *, by: Agent) -> Opening | None:
    again = Opening.objects.filter(key=key).select_related("ticket").first()
    if again and (again.by_id, again.digest) != (by.pk, order.digest):
        raise UsedKey
    return again


def _author(order: Order, *, brand: Brand, by: Agent, at: datetime) -> Person:
    """Work of our own is asked by the colleague who opens it."""
    customer = order.customer
    if customer is None:
        return Person.at_address(address=by.user.email, name=by.name, brand=brand, at=at)
    if customer.person:
        customer.person.brands.add(brand)
        return customer.person
    if customer.address:
        return Person.at_address(address=customer.address, name=customer.name, brand=brand, at=at)
    return Person.without_address(name=customer.name, brand=brand, at=at)


def _inbound(order: Order, *, key: UUID, by: Agent, at: datetime) -> Inbound:
    """What they said, as if a channel had brought it."""
    is_said, customer = order.mode == Mode.SAID, order.customer
    person = customer.person if customer else None
    text = storable(order.text).strip() if is_said else ""
    return Inbound(
        channel=order.way,
        address=customer.address if customer else by.user.email,
        name=(person.name if person else customer.name) if customer else by.name,
        subject=one_line(order.subject),
        text=text,
        html=order.html if is_said and _MARKED_UP.search(order.html) else None,
        reply_text=text,
        files=(),
        external_id=f"opened-{key.hex}",
        references=(),
        to=(),
        cc=(),
        sent_at=at,
        automatic="",
        language=person.language if person else "",
    )

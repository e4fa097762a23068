"""Many first messages at once: each opens its ticket, and all of them cost a few statements.

What it leaves is what `receiving.receive` leaves for each of them; a test compares the rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from handrail.accounts.models import Brand
from handrail.customers.models import Contact, Person
from handrail.events import publish_all
from handrail.events.live import touch_each
from handrail.kit.copying import copy_objects
from handrail.team.models import Team
from handrail.tickets.circumstances import usual_values
from handrail.tickets.events import MessageReceived, TicketOpened
from handrail.tickets.inbound import Inbound
from handrail.tickets.models import Attachment, Message, Ticket
from handrail.tickets.models.ticket.base import next_numbers
from handrail.tickets.receiving import seats_of, ticket_of
from handrail.tickets.redacting import redacted


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A message that belongs to no ticket, and where it arrived."""

    inbound: Inbound
    brand: Brand
    team: Team | None
    at: datetime

    @property
    def contact(self) -> Contact:
        inbound = self.inbound
        return Contact(address=inbound.address, name=inbound.name, language=inbound.language, at=self.at)


@transaction.atomic(savepoint=False)  # a batch of mails has its own savepoint
def open_all(arrivals: Sequence[Arrival]) -> list[Message]:
    """Open a ticket for each; returns their messages in the same order. All or none are kept."""
    arrivals = [replace(each, inbound=redacted(each.inbound, brand=each.brand)) for each in arrivals]
    files = Attachment.store_inbound([(each.inbound.files, each.at) for each in arrivals])
    people = _authors(arrivals)
    numbers = next_numbers(len(arrivals))
    tickets = [
        ticket_of(each.inbound, author=author, brand=each.brand, team=each.team, number=number, at=each.at)
        for each, author, number in zip(arrivals, people, numbers, strict=True)
    ]
    usual = usual_values()
    for ticket in tickets:
        ticket.fields = dict(usual)
    messages = [
        Message.from_inbound(
            ticket, each.inbound, author=author, standing=Message.Standing.ON_TICKET, at=each.at
        )
        for each, author, ticket in zip(arrivals, people, tickets, strict=True)
    ]
    _write(arrivals, tickets, messages)
    Attachment.attach_all(zip(messages, files, strict=True))
    _tell(tickets, messages)
    return messages


def _authors(arrivals: Sequence[Arrival]) -> list[Person]:
    by_brand: dict[Brand, list[Contact]] = {}
    for each in arrivals:
        by_brand.setdefault(each.brand, []).append(each.contact)
    known = {
        brand: Person.at_addresses(contacts, brand=brand)
        for brand, contacts in sorted(by_brand.items(), key=lambda pair: pair[0].pk)
    }
    return [known[each.brand][each.contact.normal] for each in arrivals]


def _write(arrivals: Sequence[Arrival], tickets: Sequence[Ticket], messages: Sequence[Message]) -> None:
    seats = []
    for each, ticket in zip(arrivals, tickets, strict=True):
        for seat in seats_of(each.inbound, at=each.at):
            seat.ticket_id = ticket.pk
            seats.append(seat)
    copy_objects(tickets)
    copy_objects(seats)
    copy_objects(messages)


def _tell(tickets: Sequence[Ticket], messages: Sequence[Message]) -> None:
    told = zip(tickets, messages, strict=True)
    publish_all(
        [
            fact
            for ticket, message in told
            for fact in (
                TicketOpened.of(ticket, at=message.at),
                MessageReceived.of(message, ticket=ticket, first=True),
            )
        ]
    )
    touch_each(
        (topic, panel, {"number": ticket.number}) for ticket in tickets for topic, panel in ticket.panels
    )

"""Taking in a message from outside: find or make the person and the ticket, keep the message."""

from datetime import datetime

from django.db import transaction

from handrail.accounts.models import Brand
from handrail.customers.models import Person
from handrail.team.models import Team
from handrail.tickets.events import TicketOpened
from handrail.tickets.inbound import Inbound
from handrail.tickets.models import Message, Participant, Ticket
from handrail.tickets.models.message import snippet_of
from handrail.tickets.models.participant import COPIED_LIMIT

NO_SUBJECT = "—"


@transaction.atomic
def receive(
    inbound: Inbound,
    *,
    brand: Brand,
    team: Team | None = None,
    ticket: Ticket | None = None,
    standing: Message.Standing = Message.Standing.ON_TICKET,
    at: datetime,
) -> Message:
    """Keep the message, on `ticket` when the channel proved that it belongs there, else on a new one.

    standing: how the writer stands to that ticket. A third party's word makes them no participant.
    """
    author = Person.at_address(
        address=inbound.address, name=inbound.name, brand=brand, language=inbound.language, at=at
    )
    first = ticket is None
    if ticket is None:
        ticket = _open(inbound, author=author, brand=brand, team=team, at=at)
    else:
        ticket.lock()
    return ticket.receive(inbound, author=author, standing=standing, first=first, at=at)


def _open(inbound: Inbound, *, author: Person, brand: Brand, team: Team | None, at: datetime) -> Ticket:
    ticket = Ticket.objects.create(
        subject=inbound.subject[:500].strip() or NO_SUBJECT,
        channel=inbound.channel,
        language=inbound.language,
        brand=brand,
        team=team,
        requester=author,
        waiting_since=None if inbound.automatic in Message.ROBOTS else at,
        last_received_at=at,
        snippet=snippet_of(inbound.reply_text or inbound.text),
        created_at=at,
        updated_at=at,
    )
    _seat(ticket, inbound, at=at)
    ticket.tell(
        TicketOpened(
            ticket_id=ticket.pk,
            number=ticket.number,
            brand_id=brand.pk,
            team_id=team.pk if team else None,
            requester_id=author.pk,
            channel=inbound.channel,
            subject=ticket.subject,
            at=at,
        )
    )
    return ticket


def _seat(ticket: Ticket, inbound: Inbound, *, at: datetime) -> None:
    """The writer and those in copy take part in the conversation."""
    part = Participant.Part
    seats = {
        inbound.address.lower(): Participant.joining(
            address=inbound.address, name=inbound.name, part=part.REQUESTER, at=at
        )
    }
    for name, address in inbound.cc[:COPIED_LIMIT]:
        seats.setdefault(
            address.lower(), Participant.joining(address=address, name=name, part=part.COPIED, at=at)
        )
    for seat in seats.values():
        seat.ticket = ticket
    Participant.objects.bulk_create(seats.values())

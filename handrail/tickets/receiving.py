"""Taking in a message from outside: find or make the person and the ticket, keep the message."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from handrail.accounts.models import Brand
from handrail.customers.models import Person
from handrail.events import publish
from handrail.files.models import StoredFile
from handrail.kit.inserting import insert
from handrail.kit.text import small_letters
from handrail.team.models import Team
from handrail.tickets.circumstances import usual_values
from handrail.tickets.events import TicketOpened
from handrail.tickets.inbound import Inbound
from handrail.tickets.models import Message, Participant, Ticket
from handrail.tickets.models.categories import TRASHED
from handrail.tickets.models.message import snippet_of
from handrail.tickets.models.participant import COPIED_LIMIT
from handrail.tickets.models.ticket.base import next_number
from handrail.tickets.redacting import redacted

NO_SUBJECT = "—"


@transaction.atomic(savepoint=False)  # a batch of mails has its own savepoint for each
def receive(
    inbound: Inbound,
    *,
    brand: Brand,
    team: Team | None = None,
    ticket: Ticket | None = None,
    standing: Message.Standing = Message.Standing.ON_TICKET,
    author: Person | None = None,
    stored: Sequence[StoredFile] = (),
    at: datetime,
) -> Message:
    """Keep the message, on `ticket` when the channel proved that it belongs there, else on a new one.

    standing: how the writer stands to that ticket. A third party's word makes them no participant. What
    is written to a merged ticket lands on the one that has its messages now; what a person writes to a
    deleted one brings it back.
    author: who it is, where that is known without the address. stored: files that are stored already.
    """
    inbound = redacted(inbound, brand=brand)
    author = author or Person.at_address(
        address=inbound.address, name=inbound.name, brand=brand, language=inbound.language, at=at
    )
    if ticket is None:
        ticket = open_for(inbound, author=author, brand=brand, team=team, at=at)
        return ticket.receive(inbound, author=author, standing=standing, first=True, stored=stored, at=at)
    survivor = ticket.lock_survivor()
    if survivor.status == TRASHED and inbound.automatic not in Message.ROBOTS:
        survivor.restore(by=None, at=at)  # a customer's word is never lost in the trash
    if survivor.pk == ticket.pk:
        return survivor.receive(inbound, author=author, standing=standing, at=at)
    if not survivor.participants.filter(address=small_letters(inbound.address)).exists():
        standing = Message.Standing.THIRD_PARTY
    return survivor.receive(inbound, author=author, standing=standing, home_id=ticket.pk, at=at)


def ticket_of(
    inbound: Inbound, *, author: Person, brand: Brand, team: Team | None, number: int, at: datetime
) -> Ticket:
    """The unsaved ticket that a first message opens."""
    return Ticket(
        number=number,
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


def seats_of(inbound: Inbound, *, at: datetime) -> list[Participant]:
    """The unsaved participants of a first message: who wrote, if they have an address, and those in copy."""
    part = Participant.Part
    seats: dict[str, Participant] = {}
    if inbound.address:
        writer = Participant.joining(address=inbound.address, name=inbound.name, part=part.REQUESTER, at=at)
        seats[writer.address] = writer
    for name, address in inbound.cc[:COPIED_LIMIT]:
        seat = Participant.joining(address=address, name=name, part=part.COPIED, at=at)
        seats.setdefault(seat.address, seat)
    return list(seats.values())


def open_for(inbound: Inbound, *, author: Person, brand: Brand, team: Team | None, at: datetime) -> Ticket:
    """The ticket that a first message opens, without the message."""
    ticket = ticket_of(inbound, author=author, brand=brand, team=team, number=next_number(), at=at)
    ticket.fields = usual_values()
    insert([ticket])
    seats = seats_of(inbound, at=at)
    for seat in seats:
        seat.ticket = ticket
    insert(seats)
    publish(TicketOpened.of(ticket, at=at))  # browsers are told in a moment, of the message
    return ticket

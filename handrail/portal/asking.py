"""What a customer does: ask, answer back, and say that it is done. Each press of a button counts once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from handrail.accounts.models import Brand, User
from handrail.channels.email.models import EmailAccount
from handrail.customers.models import Identity, Person
from handrail.kit.prepared import Prepared, columns_of
from handrail.kit.text import one_line, storable
from handrail.team.models import Team
from handrail.tickets.inbound import Inbound, InboundFile
from handrail.tickets.models import Message, Ticket
from handrail.tickets.receiving import receive

CHANNEL = "portal"
CLOSED_BY_CUSTOMER = "Closed by the customer"


@transaction.atomic
def ask(
    user: User,
    *,
    brand: Brand,
    subject: str,
    text: str,
    files: Sequence[InboundFile],
    fields: Mapping[str, object] | None = None,
    key: UUID,
    at: datetime,
) -> Message:
    """Open a request. The same key again returns the one that is there.

    fields: what was filled in of the public ones; None where none are asked for. Raises NotFitting, and
    nothing is opened.
    """
    _LOCKED.rows(user=user.pk)  # two presses at once stand in line here
    if again := _said_before(user, key):
        return again
    person, address = _meet(user, brand=brand, at=at)
    inbound = _inbound(user, address=address, subject=subject, text=text, files=files, key=key, at=at)
    message = receive(inbound, brand=brand, team=team_of(brand), author=person, at=at)
    if fields is not None:
        message.ticket.fill(fields, by=None, customer=True, at=at)
    return message


@transaction.atomic
def answer(
    ticket: Ticket, user: User, *, text: str, files: Sequence[InboundFile], key: UUID, at: datetime
) -> Message:
    """Write on a request; one that was closed is open again. The same key again changes nothing."""
    ticket.lock()
    if again := _said_before(user, key):
        return again
    person, address = _meet(user, brand=ticket.brand, at=at)
    inbound = _inbound(user, address=address, subject=ticket.subject, text=text, files=files, key=key, at=at)
    return receive(inbound, brand=ticket.brand, ticket=ticket, author=person, at=at)


def close(ticket: Ticket, *, at: datetime) -> None:
    """The customer needs nothing more. Raises Ticket.AlreadyClosed."""
    ticket.close(by=None, reason=CLOSED_BY_CUSTOMER, at=at)


def _said_before(user: User, key: UUID) -> Message | None:
    rows = _SAID.rows(external_id=_external_id(user, key))
    return Message.objects.get(pk=rows[0][0]) if rows else None


def _external_id(user: User, key: UUID) -> str:
    """The key comes from a browser, so it counts only together with whose browser that is."""
    return f"portal-{user.pk.hex}-{key.hex}"


def _inbound(
    user: User,
    *,
    address: str,
    subject: str,
    text: str,
    files: Sequence[InboundFile],
    key: UUID,
    at: datetime,
) -> Inbound:
    words = storable(text).strip()
    return Inbound(
        channel=CHANNEL,
        address=address,
        name=user.name,
        subject=one_line(subject),
        text=words,
        html=None,
        reply_text=words,
        files=tuple(files),
        external_id=_external_id(user, key),
        references=(),
        to=(),
        cc=(),
        sent_at=at,
        automatic="",
        language="",
    )


def _meet(user: User, *, brand: Brand, at: datetime) -> tuple[Person, str]:
    """This user's person and the address under which we know them; they meet us now if they never did."""
    known = {row[0]: row[1:] for row in _KNOWN.rows(user=user.pk, brand=brand.pk)}
    own = user.email.lower()
    address = own if own in known else next(iter(known), "")
    if not address:
        person = Person.at_address(address=own, name=user.name, brand=brand, at=at)
        person.identities.get(kind="email", value=own).prove(user, at=at)
        return person, own
    by_brand, *columns = known[address]
    person = Person.from_db(connection.alias, _PERSON_COLUMNS, columns)
    if not by_brand:
        person.brands.add(brand)
    return person, address


def team_of(brand: Brand) -> Team | None:
    """Who gets what is asked here: the team that gets the mail of the brand's oldest mailbox."""
    rows = _MAILBOXES.rows(brand=brand.pk)
    return Team.from_db(connection.alias, _TEAM_COLUMNS, rows[0]) if rows and rows[0][0] else None


def _known(*, user: UUID, brand: UUID) -> "QuerySet[Any, Any]":
    """The proven addresses of a user, oldest first, with their person."""
    by_brand = Exists(Person.brands.through.objects.filter(person=OuterRef("person"), brand=brand))
    proven = Identity.objects.filter(person__user=user, kind="email", verified_at__isnull=False)
    persons = [f"person__{name}" for name in _PERSON_COLUMNS]
    return proven.annotate(by_brand=by_brand).order_by("id").values_list("value", "by_brand", *persons)


def _mailboxes(brand: UUID) -> "QuerySet[Any, Any]":
    oldest = EmailAccount.objects.active().filter(brand=brand).order_by("created_at", "id")
    return oldest.values_list(*(f"team__{name}" for name in _TEAM_COLUMNS))[:1]


_PERSON_COLUMNS = columns_of(Person)
_TEAM_COLUMNS = columns_of(Team)
_KNOWN = Prepared(_known)
_MAILBOXES = Prepared(_mailboxes)
_LOCKED = Prepared(lambda user: User.objects.select_for_update().filter(pk=user).values_list("pk"))
_SAID = Prepared(
    lambda external_id: Message.objects.filter(channel=CHANNEL, external_id=external_id).values_list("pk")[:1]
)

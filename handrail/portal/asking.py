"""What a customer does: ask, answer back, and say that it is done. Each press of a button counts once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.accounts.models import Brand, User
from handrail.channels.email.models import EmailAccount
from handrail.customers.models import Identity, Person
from handrail.kit.text import one_line, storable
from handrail.portal.filling import public_fields
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

    fields: what was filled in of the public ones. Raises NotFitting, and nothing is opened.
    """
    User.objects.select_for_update().get(pk=user.pk)  # two presses at once stand in line here
    if again := _said_before(user, key):
        return again
    inbound = _inbound(user, brand=brand, subject=subject, text=text, files=files, key=key, at=at)
    message = receive(inbound, brand=brand, team=team_of(brand), at=at)
    if public_fields():
        message.ticket.fill(fields or {}, by=None, customer=True, at=at)
    return message


@transaction.atomic
def answer(
    ticket: Ticket, user: User, *, text: str, files: Sequence[InboundFile], key: UUID, at: datetime
) -> Message:
    """Write on a request; one that was closed is open again. The same key again changes nothing."""
    ticket.lock()
    if again := _said_before(user, key):
        return again
    inbound = _inbound(
        user, brand=ticket.brand, subject=ticket.subject, text=text, files=files, key=key, at=at
    )
    return receive(inbound, brand=ticket.brand, ticket=ticket, at=at)


def close(ticket: Ticket, *, at: datetime) -> None:
    """The customer needs nothing more. Raises Ticket.AlreadyClosed."""
    ticket.close(by=None, reason=CLOSED_BY_CUSTOMER, at=at)


def _said_before(user: User, key: UUID) -> Message | None:
    return Message.objects.filter(channel=CHANNEL, external_id=_external_id(user, key)).first()


def _external_id(user: User, key: UUID) -> str:
    """The key comes from a browser, so it counts only together with whose browser that is."""
    return f"portal-{user.pk.hex}-{key.hex}"


def _inbound(
    user: User,
    *,
    brand: Brand,
    subject: str,
    text: str,
    files: Sequence[InboundFile],
    key: UUID,
    at: datetime,
) -> Inbound:
    words = storable(text).strip()
    return Inbound(
        channel=CHANNEL,
        address=_address_of(user, brand=brand, at=at),
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


def _address_of(user: User, *, brand: Brand, at: datetime) -> str:
    """The address under which we know this user's person; they meet now if they never did."""
    known = Identity.objects.filter(person__user=user, kind="email", verified_at__isnull=False)
    own = known.filter(value=user.email.lower()).first() or known.order_by("id").first()
    if own is not None:
        return own.value
    person = Person.at_address(address=user.email, name=user.name, brand=brand, at=at)
    person.identities.get(kind="email", value=user.email.lower()).prove(user, at=at)
    return user.email.lower()


def team_of(brand: Brand) -> Team | None:
    """Who gets what is asked here: the team that gets the mail of the brand's oldest mailbox."""
    mailbox = EmailAccount.objects.active().filter(brand=brand).order_by("created_at", "id").first()
    return mailbox.team if mailbox else None

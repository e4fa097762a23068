"""The cast: the people, teams and tickets that every test may use by name. Rolled back after each test."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from django.test import Client

from handrail.accounts import roles
from handrail.accounts.models import Brand, Role, User
from handrail.customers.models import Identity, Organisation, Person
from handrail.kit import clock
from handrail.team.models import Agent, Team
from handrail.tickets.inbound import Inbound
from handrail.tickets.models import Ticket
from handrail.tickets.receiving import receive

NINE = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)  # a Monday

VERAS_WORDS = "Hello, my parcel HB 4471 902 has said “out for delivery” since Tuesday. Where is it?"
VERA_WRITES = Inbound(
    channel="email",
    address="vera@nordlys.example",
    name="Vera Lindqvist",
    subject="Where is my parcel?",
    text=VERAS_WORDS,
    html=None,
    reply_text=VERAS_WORDS,
    files=(),
    external_id="first@nordlys.example",
    references=(),
    to=(("Harbour Parcels", "support@harbour.example"),),
    cc=(),
    sent_at=NINE,
    automatic="",
    language="en",
)


@dataclass(frozen=True, kw_only=True)
class House:
    """The company that every story plays in."""

    roles: dict[str, Role]
    harbour: Brand
    office: Brand
    parcels: Team
    billing: Team
    office_desk: Team


@pytest.fixture
def house(db) -> House:
    built_in = roles.ensure_built_in()
    harbour = Brand.objects.create(key="harbour", name="Harbour Parcels")
    office = Brand.objects.create(key="office", name="Harbour Office")
    return House(
        roles=built_in,
        harbour=harbour,
        office=office,
        parcels=Team.objects.create(key="parcels", name="Parcels", brand=harbour),
        billing=Team.objects.create(key="billing", name="Billing", brand=harbour),
        office_desk=Team.objects.create(key="office-desk", name="Office desk", brand=office),
    )


def _colleague(house: House, name: str, role: str, team: Team, *, tier: int = 1) -> Agent:
    first = name.split()[0].lower()
    user = User.objects.invite(
        email=f"{first}@harbour.example", name=name, role=house.roles[role], brands=[team.brand], at=NINE
    )
    return Agent.welcome(user=user, teams=[team], tier=tier, at=NINE)


@pytest.fixture
def nadia(house) -> Agent:
    return _colleague(house, "Nadia Haddad", "agent", house.parcels)


@pytest.fixture
def omar(house) -> Agent:
    return _colleague(house, "Omar Benali", "agent", house.billing, tier=2)


@pytest.fixture
def iris(house) -> Agent:
    return _colleague(house, "Iris Vermeer", "lead", house.parcels, tier=3)


@pytest.fixture
def ada(house) -> Agent:
    """The operator, with every right."""
    return _colleague(house, "Ada Moreno", "admin", house.parcels, tier=3)


@pytest.fixture
def lena(house) -> Agent:
    """A light agent: reads her team's tickets and leaves notes."""
    return _colleague(house, "Lena Fischer", "light-agent", house.parcels)


@pytest.fixture
def piet(house) -> Agent:
    """The outsider: an agent of another brand, who must see nothing."""
    return _colleague(house, "Piet Jansen", "agent", house.office_desk)


def _customer(house: House, *, email: str, name: str, organisation: str) -> Person:
    company, _ = Organisation.objects.get_or_create(name=organisation, defaults={"created_at": NINE})
    user = User.objects.invite(
        email=email, name=name, role=house.roles["customer"], brands=[house.harbour], at=NINE
    )
    person = Person.objects.create(name=name, user=user, organisation=company, language="en", created_at=NINE)
    Identity.objects.create(person=person, kind="email", value=email, verified_at=NINE, created_at=NINE)
    person.brands.add(house.harbour)
    return person


@pytest.fixture
def vera(house) -> Person:
    return _customer(house, email="vera@nordlys.example", name="Vera Lindqvist", organisation="Nordlys Books")


@pytest.fixture
def tom(house) -> Person:
    return _customer(house, email="tom@akande.example", name="Tom Akande", organisation="Akande Prints")


@pytest.fixture
def lost_parcel(house, vera) -> Ticket:
    """Vera's ticket "Where is my parcel?", new, with the Parcels team, nobody's yet."""
    return receive(VERA_WRITES, brand=house.harbour, team=house.parcels, at=NINE).ticket


@pytest.fixture
def client_of():
    """A browser in which somebody is signed in: `client_of(nadia).get("/…")`."""

    def sign_in(who: Agent | Person | User) -> Client:
        browser = Client()
        user = who if isinstance(who, User) else who.user
        assert user is not None, "this person never signs in"
        browser.force_login(user)
        session = browser.session
        session["proven_at"] = session["second_factor_at"] = clock.now().isoformat()
        session.save()
        return browser

    return sign_in


@pytest.fixture
def write(house):
    """Let somebody write in: `write(subject="…", address="…", ticket=None)` returns the message."""

    def say(ticket: Ticket | None = None, **changes):
        inbound = replace(
            VERA_WRITES, **{"external_id": f"{len(changes)}-{id(changes)}@nordlys.example", **changes}
        )
        return receive(inbound, brand=house.harbour, team=house.parcels, ticket=ticket, at=NINE)

    return say

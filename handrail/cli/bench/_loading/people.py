"""The customers of the large company: a quarter as many as tickets, some of whom write all the time."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from handrail.cli.bench._loading.company import Company, uuid_at
from handrail.cli.bench._loading.lines import Lines, write
from handrail.customers.models import Identity, Organisation, Person
from handrail.kit.copying import copy_objects
from handrail.kit.text import small_letters

PERSON, IDENTITY = 1, 2
#: One organisation for so many people; every third person belongs to one.
PEOPLE_OF_ONE = 30
DOMAINS = 700


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who writes; known by nothing but a number and the seed."""

    id: str
    name: str
    address: str
    brand: int


class Customers:
    """Says who has a number, without asking the database."""

    def __init__(self, company: Company, *, count: int, since: datetime) -> None:
        self.company, self.count = company, count
        self.since = int(since.timestamp() * 1000)

    def __getitem__(self, number: int) -> Customer:
        name = self.company.names[number * 31 % len(self.company.names)]
        first, _, last = small_letters(name).partition(" ")
        domain = f"firm{number % DOMAINS}.example"
        address = f"{first}.{last.replace(' ', '')}{number}@{domain}"
        brand = min(number % 6 // 3 + number % 2, len(self.company.brands) - 1)
        return Customer(uuid_at(self.since + number, kind=PERSON, number=number), name, address, brand)

    def one(self, chance: random.Random) -> Customer:
        """Somebody; the lower the number, the more often."""
        return self[int(self.count * chance.random() ** 2)]

    def write(self, first: int, last: int) -> None:
        """The rows of some of them."""
        at = datetime.fromtimestamp(self.since / 1000, UTC)
        organisations = self._organisations(first, last, at)
        person = Lines(
            Person(language="en", timezone="Europe/Berlin", created_at=at), "id", "name", "organisation_id"
        )
        identity = Lines(Identity(kind="email", created_at=at), "id", "person_id", "value")
        known = []
        for number in range(first, last):
            each = self[number]
            belongs = organisations[number % len(organisations)] if number % 3 == 0 else "\\N"
            person.add(id=each.id, name=each.name, organisation_id=belongs)
            key = uuid_at(self.since + number, kind=IDENTITY, number=number)
            identity.add(id=key, person_id=each.id, value=each.address)
            known.append(f"{each.id}\t{self.company.brands[each.brand]}\n")
        person.write()
        identity.write()
        write(Person.brands.through._meta.db_table, ["person_id", "brand_id"], known)

    def _organisations(self, first: int, last: int, at: datetime) -> list[str]:
        count = max(1, (last - first) // PEOPLE_OF_ONE)
        made = [
            Organisation(
                name=f"{self.company.names[(first + number) * 13 % len(self.company.names)]} {number} Ltd",
                domain=f"firm{number}-{first}.example",
                plan=("free", "business", "enterprise")[number % 3],
                created_at=at + timedelta(seconds=number),
            )
            for number in range(count)
        ]
        copy_objects(made)
        return [str(each.pk) for each in made]

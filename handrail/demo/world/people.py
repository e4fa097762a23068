"""The customers: organisations and people, each with an address, a language and a way of writing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from handrail.demo.world.names import Culture, company_words, cultures, plain
from handrail.demo.world.nouns import Organisation, Person

#: Of a hundred people so many write for an organisation; the others wait for a parcel of their own.
PERCENT_IN_ORGANISATIONS = 68
#: Where advertising comes from; one in so many people writes nothing else.
STRANGERS = ("rankhero.example", "leadforge.example", "palletking.example", "hrbridge.example")
STRANGER_EVERY = 50
#: Every so many-th organisation is a customer of Harbour Office and not of Harbour Parcels.
OFFICE_EVERY = 11

# name, organisation, domain or address, culture, zone, city, feminine; first of all, so their keys are stable
_CAST = (
    ("Vera Lindqvist", "Nordlys Books", "nordlys.example", "swedish", "Europe/Stockholm", "Uppsala", True),
    ("Tom Akande", "Akande Prints", "akande.example", "british", "Europe/London", "Leeds", False),
    ("Marta Kowalska", "Fabryka Lamp", "fabrykalamp.example", "polish", "Europe/Warsaw", "Poznań", True),
    ("Jun Ogawa", "Kitsune Outdoor", "kitsune.example", "japanese", "Asia/Tokyo", "Kyoto", False),
    ("Aroha Ngata", "Tide & Co", "tide.example", "new_zealand", "Pacific/Auckland", "Napier", True),
    ("Pieter Smit", "Smit & Zonen", "smitenzonen.example", "dutch", "Europe/Amsterdam", "Delft", False),
    ("Elif Baran", "", "elif.baran@postbox.example", "turkish", "Europe/Berlin", "Berlin", True),
    ("Luca Moretti", "", "luca.moretti@inbox.example", "italian", "Europe/Rome", "Bologna", False),
)
_OFFICE_CAST = "Pieter Smit"
CAST_SINCE = timedelta(days=1200)


class Customers:
    """Everybody who may write, made in one go from the seed."""

    def __init__(self, *, seed: int, people: int, organisations: int, last_day: date) -> None:
        self._dice = Random(f"{seed}:people")  # noqa: S311 - a story, not a secret
        self._last_day = last_day
        self._taken: set[str] = set()
        self._cultures: list[Culture] = []
        self.organisations: list[Organisation] = []
        self.people: list[Person] = []
        for row in _CAST:
            self._invite(*row)
        cultures_drawn = self._draw_cultures()
        while len(self.organisations) < organisations:
            self._found_organisation(next(cultures_drawn))
        homes = self._homes()
        while len(self.people) < people:
            self.people.append(self._person(next(homes), next(cultures_drawn)))

    def _draw_cultures(self) -> Iterator[Culture]:
        known = cultures()
        shares = [culture.share for culture in known]
        while True:
            yield from self._dice.choices(known, shares, k=256)

    def _homes(self) -> Iterator[Organisation | None]:
        """Large organisations have many people, most have a few; some people have none."""
        sizes = [1 / (1 + rank) ** 0.6 for rank in range(len(self.organisations))]
        everybody_once = iter(self._dice.sample(self.organisations, len(self.organisations)))
        while True:
            for drawn in self._dice.choices(self.organisations, sizes, k=256):
                if self._dice.randrange(100) >= PERCENT_IN_ORGANISATIONS:
                    yield None
                else:
                    yield next(everybody_once, drawn)

    def _found_organisation(self, culture: Culture) -> None:
        self._cultures.append(culture)
        self.organisations.append(self._organisation(culture))

    def _organisation(self, culture: Culture) -> Organisation:
        dice, words = self._dice, company_words()
        language = culture.language
        name = f"{dice.choice(words[language + '.first'])} {dice.choice(words[language + '.trade'])}"
        if dice.random() < 0.15:
            family = dice.choice(culture.family)
            name = f"{family} {dice.choice((*words['endings'], *words[language + '.trade']))}"
        return Organisation(
            key=len(self.organisations) + 1,
            name=name,
            domain=self._free(plain(name).replace(".", "-"), ".example"),
            language=language,
            timezone=culture.timezone,
            city=dice.choice(culture.cities),
            plan=_weighted(dice, words["plans"]),
            since=self._last_day - timedelta(days=dice.randrange(60, 2600)),
        )

    def _person(self, home: Organisation | None, culture: Culture) -> Person:
        dice = self._dice
        stranger = len(self.people) % STRANGER_EVERY == STRANGER_EVERY - 1
        home = None if stranger else home
        if home and dice.random() < 0.85:
            culture = self._cultures[home.key - 1]
        feminine = dice.random() < 0.5
        given = dice.choice(culture.feminine if feminine else culture.masculine)
        family = dice.choice(culture.family)
        language = home.language if home else culture.language
        brand = "office" if home and home.key % OFFICE_EVERY == 0 else "harbour"
        return Person(
            key=len(self.people) + 1,
            name=f"{given} {family}",
            given=given,
            family=family,
            email=self._address(given, family, home, stranger=stranger),
            language="en" if stranger else language,
            timezone=home.timezone if home else culture.timezone,
            city=home.city if home else dice.choice(culture.cities),
            organisation=home,
            brand=brand,
            title=dice.choice(company_words()["titles." + language]) if home else "",
            feminine=feminine,
            many=bool(home) and dice.random() < 0.62,
            care=round(min(1.0, 0.25 + dice.random()), 2),
            length=dice.choices((0, 1, 2), (24, 56, 20))[0],
            formal=dice.random() < 0.3,
            since=self._last_day - timedelta(days=dice.randrange(30, 2400)),
        )

    def _address(self, given: str, family: str, home: Organisation | None, *, stranger: bool) -> str:
        first, last = plain(given), plain(family)
        shape = self._dice.randrange(4)
        local = (f"{first}.{last}", first, f"{first[:1]}.{last}", f"{last}.{first}")[shape]
        if home:
            return self._free(local, "@" + home.domain)
        if stranger:
            return self._free(first, "@" + self._dice.choice(STRANGERS))
        return self._free(f"{first}.{last}", "@" + self._dice.choice(company_words()["letterboxes"]))

    def _free(self, stem: str, ending: str) -> str:
        """The first address of that shape that nobody has."""
        number, found = 1, stem + ending
        while found in self._taken:
            number += 1
            found = f"{stem}{number}{ending}"
        self._taken.add(found)
        return found

    def _invite(
        self, name: str, company: str, place: str, culture: str, zone: str, city: str, feminine: bool
    ) -> None:
        """A member of the cast, whose address and company are fixed; all of them write English."""
        given, _, family = name.partition(" ")
        home = self._found_home(company, place, culture, zone, city) if company else None
        email = f"{plain(given)}@{place}" if home else place
        self._taken |= {place, email}
        self.people.append(
            Person(
                key=len(self.people) + 1,
                name=name,
                given=given,
                family=family,
                email=email,
                language="en",
                timezone=zone,
                city=city,
                organisation=home,
                brand="office" if name == _OFFICE_CAST else "harbour",
                title="Owner" if home else "",
                feminine=feminine,
                many=bool(home),
                care=0.95,
                length=1,
                formal=False,
                since=self._last_day - CAST_SINCE,
            )
        )

    def _found_home(self, name: str, domain: str, culture: str, zone: str, city: str) -> Organisation:
        """The company of a member of the cast; its other people speak its own language."""
        origin = next(each for each in cultures() if each.key == culture)
        home = Organisation(
            key=len(self.organisations) + 1,
            name=name,
            domain=domain,
            language=origin.language,
            timezone=zone,
            city=city,
            plan="Business",
            since=self._last_day - CAST_SINCE,
        )
        self.organisations.append(home)
        self._cultures.append(origin)
        return home


def is_stranger(one: Person) -> bool:
    """Somebody who only advertises."""
    return one.email.partition("@")[2] in STRANGERS


def _weighted(dice: Random, words: tuple[str, ...]) -> str:
    """One of "Name 3" words, the number being its weight."""
    pairs = [word.rpartition(" ") for word in words]
    return dice.choices([name for name, _, _ in pairs], [float(weight) for _, _, weight in pairs])[0]

"""The facts of one ticket: drawn when first needed, then the same through the whole thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from handrail.demo.world.names import Culture, cultures
from handrail.demo.world.zones import zone

if TYPE_CHECKING:
    from handrail.demo.world.letters import Letters

DAY = 86400
#: Depots by the region of a time zone; number and town. Depot 7 is the one of release 4.2.
DEPOTS = {
    "Europe/London": (("1", "Felixstowe"), ("2", "Leeds")),
    "Europe/Amsterdam": (("3", "Antwerp"), ("7", "Waalhaven")),
    "Europe/Paris": (("4", "Lyon"), ("3", "Antwerp")),
    "Europe/Warsaw": (("5", "Poznań"),),
    "Europe/Stockholm": (("6", "Malmö"),),
    "Europe/Berlin": (("8", "Billbrook"), ("9", "Leipzig")),
    "Europe/Rome": (("10", "Piacenza"),),
    "Europe/Madrid": (("11", "Zaragoza"),),
    "America": (("12", "Columbus"), ("13", "Mississauga")),
    "Asia": (("14", "Laguna"),),
}
_ANY_DEPOT = DEPOTS["Europe/Amsterdam"] + DEPOTS["Europe/Berlin"]
STREETS = {
    "de": ("Lindenstraße", "Am Anger", "Gartenweg", "Hafenstraße", "Bergstraße", "Mühlenweg", "Schulstraße"),
    "nl": ("Dorpsstraat", "Kerkweg", "Lindelaan", "Havenstraat", "Molenpad", "Nieuwe Gracht"),
    "fr": ("rue des Lilas", "avenue de la Gare", "rue du Port", "place du Marché", "chemin des Vignes"),
    "es": ("calle Mayor", "calle del Sol", "avenida del Puerto", "plaza Nueva", "calle Olmo"),
    "pl": ("ul. Lipowa", "ul. Ogrodowa", "ul. Polna", "ul. Portowa", "ul. Krótka"),
    "sv": ("Storgatan", "Björkvägen", "Hamngatan", "Skolgatan", "Parkvägen"),
    "it": ("via Roma", "via dei Mille", "viale Europa", "via del Porto", "piazza Dante"),
    "pt": ("rua das Flores", "rua do Porto", "avenida Central", "travessa Nova"),
    "ja": ("Sakura-dori", "Minato-cho", "Honmachi"),
    "en": ("Mill Lane", "Station Road", "Harbour Street", "Church Road", "Park Avenue", "Orchard Close",
           "Market Street", "Elm Row", "Quay Side", "Willow Drive"),
}  # fmt: skip
PRINTERS = ("LabelJet 40", "Pakmark P4", "Zephyr ZT-2", "Inkwell 110", "LabelJet 60 Pro", "Stampa 3")
SYSTEMS = ("Windows 11", "Windows 10", "macOS 15", "macOS 14", "Ubuntu 24.04")


class Facts(dict[str, str]):
    """A dictionary that makes what is missing; what depends on the moment is made each time."""

    def __init__(self, letters: Letters) -> None:
        super().__init__()
        self.letters: Letters = letters
        self.dice: Random = letters.dice
        self.opened_at: int = letters.opened_at
        self.at: int = letters.opened_at
        self.promised_until = 0.0
        self.gap_days = 2 + int(self.dice.random() * 4)
        if self.local(self.opened_at - self.gap_days * DAY).weekday() == 6:
            self.gap_days += 1  # no van is on the road on a Sunday

    def __missing__(self, name: str) -> str:
        if name in MOMENTARY:
            return MOMENTARY[name](self)
        self[name] = word = LASTING[name](self)
        return word

    def forget_old_promise(self) -> None:
        """A colleague who writes later than promised promises anew."""
        if self.promised_until and self.at > self.promised_until - DAY / 2:
            self.pop("promise", None)

    def pick(self, options: tuple[str, ...]) -> str:
        return options[int(self.dice.random() * len(options))]

    def number(self, low: int, high: int) -> str:
        return str(low + int(self.dice.random() * (high - low + 1)))

    def local(self, at: float) -> datetime:
        """The customer's clock at that moment."""
        return datetime.fromtimestamp(at, zone(self.letters.person.timezone))

    def line(self, name: str, index: int) -> str:
        """One line of an ordered section such as the weekdays."""
        return str(self.letters.rules[name][index])

    def weekday(self, at: float) -> str:
        return self.line("weekdays", self.local(at).weekday())

    def day_of(self, at: float) -> str:
        """A date as the language writes it."""
        day = self.local(at)
        self["day_number"], self["month_name"] = str(day.day), self.line("months", day.month - 1)
        return self.letters.speech.say("date_form")

    def workday_after(self, at: float, days: int) -> float:
        """The moment so many days later, on Monday when it would be a Sunday."""
        later = at + days * DAY
        return later + DAY if self.local(later).weekday() == 6 else later

    def money(self, cents: int) -> str:
        where = self.letters.person.timezone
        self["currency"] = "£" if where == "Europe/London" else "$" if where.startswith("America") else "€"
        self["whole"], self["cents"] = str(cents // 100), f"{cents % 100:02}"
        return self.letters.speech.say("money_form")

    def culture(self) -> Culture:
        """The culture of the person who writes, for the names of people near them."""
        kin = [each for each in cultures() if each.language == self.letters.person.language]
        return kin[int(self.dice.random() * len(kin))]

    def somebody(self) -> str:
        kin = self.culture()
        given = self.pick(kin.feminine if self.dice.random() < 0.5 else kin.masculine)
        return f"{given} {self.pick(kin.family)}"


def _depots(facts: Facts) -> tuple[tuple[str, str], ...]:
    where = facts.letters.person.timezone
    return DEPOTS.get(where) or DEPOTS.get(where.partition("/")[0]) or _ANY_DEPOT


def _depot(facts: Facts) -> str:
    options = _depots(facts)
    number, town = options[int(facts.dice.random() * len(options))]
    facts["depot_city"] = town
    return number


def _depot_city(facts: Facts) -> str:
    facts["depot"] = _depot(facts)
    return facts["depot_city"]


def _parcel(facts: Facts) -> str:
    return f"HB {facts.number(1000, 9999)} {facts.number(100, 999)}"


def _loose(facts: Facts) -> str:
    """The parcel number as this person types it."""
    whole = facts["parcel"]
    care = facts.letters.person.care
    if care > 0.7:
        return whole
    return whole.replace(" ", "") if care > 0.45 else whole.lower().replace(" ", "")


def _day(facts: Facts) -> str:
    return facts.weekday(facts.opened_at - facts.gap_days * DAY)


def _date(facts: Facts) -> str:
    sent = facts.gap_days + 1 + int(facts.dice.random() * 3)
    return facts.day_of(facts.opened_at - sent * DAY)


def _weekday_ahead(facts: Facts) -> str:
    return facts.weekday(facts.workday_after(facts.opened_at, 2 + int(facts.dice.random() * 3)))


def _month_before(facts: Facts) -> str:
    earlier = facts.local(facts.opened_at - (28 + facts.dice.random() * 45) * DAY)
    return facts.line("months", earlier.month - 1)


def _promise(facts: Facts) -> str:
    days = 2 if facts.dice.random() < 0.3 else 1
    facts.promised_until = facts.workday_after(facts.at, days)
    return facts.weekday(facts.promised_until)


def _clock(facts: Facts) -> str:
    """A time shortly before the moment of writing."""
    return f"{facts.local(facts.at - 600 - facts.dice.random() * 5400):%H:%M}"


def _hour(facts: Facts) -> str:
    return f"{facts.number(12, 17)}:{facts.pick(('00', '00', '30', '15'))}"


def _window(facts: Facts) -> str:
    start = 8 + int(facts.dice.random() * 7)
    length = 2 + int(facts.dice.random() * 3)
    facts["window_start"], facts["window_end"] = f"{start:02}:00", f"{start + length:02}:00"
    return facts.letters.speech.say("window_form")


def _window_and(facts: Facts) -> str:
    assert facts["window"]  # drawn first: both forms tell the same hours
    return facts.letters.speech.say("window_and_form")


def _shop(facts: Facts) -> str:
    shops = facts.letters.shops
    return shops[int(facts.dice.random() * len(shops))]


def _street(facts: Facts) -> str:
    return facts.pick(STREETS[facts.letters.person.language])


def _organisation_of(facts: Facts) -> int:
    home = facts.letters.person.organisation
    return home.key if home else facts.letters.person.key


def _accounting_mail(facts: Facts) -> str:
    home = facts.letters.person.organisation
    german = facts.letters.person.language == "de"
    box = facts.pick(("accounts", "invoices", "finance", "buchhaltung" if german else "books"))
    return f"{box}@{home.domain if home else 'homemail.example'}"


def _company(facts: Facts) -> str:
    home = facts.letters.person.organisation
    return home.name if home else facts.letters.person.name


def _daypart(facts: Facts) -> str:
    hour = facts.local(facts.at).hour
    return facts.line("dayparts", 0 if 4 <= hour < 12 else 1 if hour < 18 else 2)


def _old_address(facts: Facts) -> str:
    local, _, domain = facts.letters.person.email.partition("@")
    return f"{facts.pick(('office', 'shop', 'info', local + '.old'))}@{domain}"


def _tariff(facts: Facts) -> str:
    return f"{facts.number(3301, 9620)}.{facts.number(10, 99)}.{facts.number(10, 99)}"


Maker = Callable[[Facts], str]
#: The same at every mention within a ticket.
LASTING: dict[str, Maker] = {
    "parcel": _parcel,
    "parcel_loose": _loose,
    "parcel2": _parcel,
    "order": lambda f: f"{f.pick(('', '', 'A-', 'N', 'W-'))}{f.number(10200, 98900)}",
    "depot": _depot,
    "depot_city": _depot_city,
    "city": lambda f: f.pick(f.culture().cities),
    "home": lambda f: f.letters.person.city,
    "street": _street,
    "house": lambda f: f.number(3, 98),
    "house2": lambda f: str(int(f["house"]) + 2 * (1 + int(f.dice.random() * 5))),
    "recipient": Facts.somebody,
    "shop": _shop,
    "company": _company,
    "invoice": lambda f: f.number(2000, 8990),
    "invoice2": lambda f: str(int(f["invoice"]) + 1 + int(f.dice.random() * 9)),
    "amount": lambda f: f.money(2400 + int(f.dice.random() ** 2 * 39000)),
    "total": lambda f: f.money(31000 + int(f.dice.random() ** 2 * 240000)),
    "fee": lambda f: f.money(350 + int(f.dice.random() * 1500)),
    "claim": lambda f: f"C-{f.number(10200, 89900)}",
    "tariff": _tariff,
    "tariff2": lambda f: f["tariff"][:-2] + f.number(10, 99),
    "printer": lambda f: PRINTERS[_organisation_of(f) * 7 % len(PRINTERS)],
    "os": lambda f: SYSTEMS[_organisation_of(f) * 11 % len(SYSTEMS)],
    "app_version": lambda f: f"{f.letters.version}.{f.number(0, 2)}",
    "day": _day,
    "days": lambda f: str(f.gap_days),
    "date": _date,
    "weekday_opened": lambda f: f.weekday(f.opened_at),
    "weekday_ahead": _weekday_ahead,
    "month_before": _month_before,
    "since_year": lambda f: str(f.letters.person.since.year),
    "promise": _promise,
    "hour": _hour,
    "time": lambda f: f"{f.number(9, 17):0>2}:{f.number(10, 59)}",
    "window": _window,
    "window_and": _window_and,
    "count": lambda f: f.number(12, 64),
    "few": lambda f: f.number(3, 5),
    "minutes": lambda f: f.pick(("15", "20", "25", "30", "40")),
    "line": lambda f: f.number(12, 380),
    "weight": lambda f: f.pick(("2", "3", "4", "5.5", "7", "8", "11", "14")),
    "weight2": lambda f: f.pick(("19", "22", "27", "30.5")),
    "route": lambda f: f.number(3, 38),
    "cage": lambda f: f"{f.pick(('A', 'B', 'C', 'D'))}{f.number(1, 28)}",
    "code": lambda f: f.number(1002, 9987),
    "code2": lambda f: f.number(1002, 9987),
    "initials": lambda f: f"{f.pick(tuple('ABDEHJKLMNPRST'))}. {f.pick(tuple('ABDEHJKLMNPRST'))}.",
    "request_id": lambda f: f"req_{f.dice.randrange(16**8):08x}",
    "request_id2": lambda f: f"req_{f.dice.randrange(16**8):08x}",
    "accounting_mail": _accounting_mail,
    "email": lambda f: f.letters.person.email,
    "email2": _old_address,
    "name": lambda f: f.letters.person.name,
    "given": lambda f: f.letters.person.given,
    "family": lambda f: f.letters.person.family,
    "mr": lambda f: f.line("titles", f.letters.person.feminine),
    "plan": lambda f: f.letters.person.organisation.plan if f.letters.person.organisation else "Starter",
    "plan2": lambda f: {"Starter": "Business", "Business": "Business Plus"}.get(f["plan"], "Business"),
    "brand": lambda f: f.letters.brand,
    "outage_start": lambda f: f"{f.local(f.letters.outage[0]):%H:%M}",
    "outage_end": lambda f: f"{f.local(f.letters.outage[1]):%H:%M}",
}
#: True at the moment of writing only.
MOMENTARY: dict[str, Maker] = {
    "daypart": _daypart,
    "clock": _clock,
    "today": lambda f: f.weekday(f.at),
    "today_word": lambda f: f.letters.speech.say("today_words"),
    "enclosure": lambda f: f.letters.enclosure,
    "signature": lambda f: f.letters.signature,
}

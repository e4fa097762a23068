"""The stories of many tickets: who wrote when, who answered, how it ended; told straight into rows."""

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from handrail.cli.bench._loading.company import Company, uuid_at
from handrail.cli.bench._loading.lines import FactLines, Lines, text_of, write
from handrail.cli.bench._loading.people import Customer, Customers
from handrail.cli.bench._loading.words import Language, Sentence
from handrail.search import indexing
from handrail.search.marks import marks_of
from handrail.search.words import plain
from handrail.tickets import events
from handrail.tickets.models import Attachment, Closure, Message, Participant, Tagging, Ticket, Visit

TICKET, MESSAGE, CLOSURE, ATTACHMENT = 3, 4, 5, 6
#: How many messages tickets have, and how often: five on average.
LENGTHS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 25)
OFTEN = (12, 14, 16, 14, 12, 10, 7, 5, 4, 3, 2, 1)
AVERAGE = 5
LONGEST, ONE_LONG_IN = 200, 2_000
#: Half of the newest twentieth is not done, and a few older ones.
NEWEST, NOT_DONE, OLD_NOT_DONE = 0.05, 0.5, 0.005
ONE_FILE_IN, ONE_NOTE_IN, ONE_GERMAN_IN = 25, 7, 4
ONE = UUID(int=0x11_1111_1111)
THEN = datetime(1999, 9, 9, 9, 9, 9, tzinfo=UTC)


class Teller:
    """Tells tickets by their numbers; which ones, and in which process, changes nothing of them."""

    def __init__(
        self, company: Company, customers: Customers, *, seed: int, tickets: int, each: float
    ) -> None:
        self.company, self.customers, self.seed, self.tickets = company, customers, seed, tickets
        self.scale = each / AVERAGE
        self.english, self.german = Language("en", seed=seed), Language("de", seed=seed)
        self.rows, self.facts = _tables(), _facts()
        self.told: list[str] = []
        self.texts: list[tuple[object, ...]] = []

    def tell(self, first: int, last: int, *, since: datetime, until: datetime) -> int:
        """The tickets of a slice, into the database; returns how many messages they have."""
        chance = random.Random(f"{self.seed}.{first}")  # noqa: S311 - nothing is secret here
        step = (until - since) / self.tickets
        told = sum(
            Story(self, number, chance, opened=since + step * (number + chance.random()), until=until).tell()
            for number in range(first, last)
        )
        for lines in self.rows.values():
            lines.write()
        write("events_fact", FactLines.COLUMNS, self.told)
        indexing.put_plain(self.texts)
        self.told, self.texts = [], []
        return told


class Story:
    """One ticket from its first mail to its present state."""

    def __init__(
        self, teller: Teller, number: int, chance: random.Random, *, opened: datetime, until: datetime
    ) -> None:
        self.teller, self.chance, self.until, self.at = teller, chance, until, opened
        self.opened, self.place = opened, number
        self.number = number + 1001
        self.who: Customer = teller.customers.one(chance)
        team, agents = chance.choice(teller.company.by_brand[self.who.brand])
        self.team, self.agents = team, agents
        self.brand = teller.company.brands[self.who.brand]
        self.says: Language = teller.german if number % ONE_GERMAN_IN == 0 else teller.english
        self.subject = chance.choice(self.says.titles)
        self.id = uuid_at(_ms(opened), kind=TICKET, number=number)
        self.status = self._status()
        self.owner = chance.choice(agents) if agents and self._is_taken() else ""
        self.title = plain(f"{self.number} {self.subject.text} {self.who.name} {self.who.address}")
        self.asked_at = self.heard_at = opened
        self.last = ""

    def tell(self) -> int:
        self._fact("opened", subject=text_of(json.dumps(self.subject.text)[1:-1]), number=self.number)
        count = self._length()
        pause = min(timedelta(hours=9), (self.until - self.opened) / (count + 1))
        for place in range(count):
            self._message(place, self._kind(place, count), pause)
        self._row()
        if self.status == "closed":
            self._close()
        return count

    def _status(self) -> str:
        new = self.place > self.teller.tickets * (1 - NEWEST)
        if self.chance.random() >= (NOT_DONE if new else OLD_NOT_DONE):
            return "closed"
        return self.chance.choices(("new", "open", "waiting"), (1, 5, 4))[0]

    def _is_taken(self) -> bool:
        return self.status == "closed" or (self.status != "new" and self.chance.random() < 0.7)

    def _length(self) -> int:
        if self.status == "new":
            return 1
        if self.place % ONE_LONG_IN == ONE_LONG_IN - 1:
            return LONGEST
        return max(2, round(self.chance.choices(LENGTHS, OFTEN)[0] * self.teller.scale))

    def _kind(self, place: int, count: int) -> str:
        """Question and answer in turn; the last word is theirs where it is our turn."""
        left = count - 1 - place
        ours = self.owner and (left % 2 == 0) == (self.status != "open")
        if place == 0 or not ours:
            return "customer"
        return "note" if left and self.chance.random() < 1 / ONE_NOTE_IN else "reply"

    def _message(self, place: int, kind: str, pause: timedelta) -> None:
        if place:
            self.at += pause * (0.1 + 0.8 * self.chance.random())
        key = uuid_at(_ms(self.at), kind=MESSAGE, number=(self.place << 10) + place)
        body = self._body()
        text = text_of("\n\n".join(each.text for each in body))
        at = self.at.isoformat()
        known = {"id": key, "ticket_id": self.id, "text": text, "reply_text": text, "at": at}
        external = f"{self.number}.{place}@mail.bench.example"
        if kind == "customer":
            self.teller.rows["customer"].add(
                **known, person_id=self.who.id, sender=self.who.address, external_id=external
            )
            self.heard_at = self.at
            self._fact("received", message=key, first=str(place == 0).lower())
        else:
            due = at if kind == "reply" else "\\N"
            self.teller.rows[kind].add(
                **known, agent_id=self.owner, external_id=external if kind == "reply" else "", due_at=due
            )
            self._fact("replied" if kind == "reply" else "noted", message=key)
        self.last = text[:160].replace("\\n", " ").rstrip("\\")
        self._index(
            "note" if kind == "note" else "message", key, self.title, " ".join(each.plain for each in body)
        )
        if place and self.chance.random() < 1 / ONE_FILE_IN:
            self._file(key, place)
        if place == 0 and self.owner:
            self._assign()

    def _body(self) -> list[Sentence]:
        chance = self.chance
        body = chance.choices(self.says.sentences, k=chance.choice((2, 3, 3, 4, 4, 5, 6, 8)))
        rare = f"{chance.choice(self.says.rare)} {chance.choice(self.says.rare)}"
        code = f"HB {chance.randrange(10_000):04} {chance.randrange(1_000):03}"
        body.append(Sentence(f"{rare.capitalize()}: {code}", f"{rare} {code.lower()}"))
        return body

    def _assign(self) -> None:
        self._fact("turned", was="new", now="open")
        self._fact("assigned", agent=self.owner)

    def _row(self) -> None:
        waits = self.status in ("new", "open")
        self.teller.rows["ticket"].add(
            id=self.id,
            number=self.number,
            subject=text_of(self.subject.text),
            status=self.status,
            priority=self.chance.choices((1, 2, 3, 4), (1, 12, 3, 1))[0],
            language="de" if self.says is self.teller.german else "en",
            brand_id=self.brand,
            team_id=self.team,
            owner_id=self.owner or "\\N",
            requester_id=self.who.id,
            created_at=self.opened.isoformat(),
            updated_at=self.at.isoformat(),
            waiting_since=self.heard_at.isoformat() if waits else "\\N",
            last_received_at=self.heard_at.isoformat(),
            snippet=self.last,
        )
        self.teller.rows["seat"].add(
            ticket_id=self.id, address=self.who.address, name=self.who.name, joined_at=self.opened.isoformat()
        )
        self._tags()
        if self.owner and self.chance.random() < 0.9:
            self.teller.rows["visit"].add(ticket_id=self.id, agent_id=self.owner, at=self.at.isoformat())

    def _tags(self) -> None:
        count = self.chance.choice((0, 0, 1, 1, 2))
        for key, name in {self.chance.choice(self.teller.company.tags) for _tag in range(count)}:
            self.teller.rows["tagging"].add(ticket_id=self.id, tag_id=key, at=self.at.isoformat())
            if self.owner:
                self._fact("tagged", agent=self.owner, tag=name)

    def _close(self) -> None:
        key = uuid_at(_ms(self.at), kind=CLOSURE, number=self.place)
        self.teller.rows["closure"].add(id=key, ticket_id=self.id, by_id=self.owner, at=self.at.isoformat())
        self._fact("turned", was="open", now="closed")
        self._fact("closed", agent=self.owner)

    def _file(self, message: str, place: int) -> None:
        stored, content = self.chance.choice(self.teller.company.files)
        key = uuid_at(_ms(self.at), kind=ATTACHMENT, number=(self.place << 10) + place)
        self.teller.rows["file"].add(id=key, message_id=message, stored_id=stored)
        self._index("file", message, plain(content.text), content.plain)

    def _index(self, kind: str, key: str, title: str, body: str) -> None:
        marks = marks_of(scope=UUID(self.brand), at=self.at)
        self.teller.texts.append((kind, key, self.id, self.at, marks, title, body))

    def _fact(self, name: str, **values: object) -> None:
        told = {"agent": self.owner or "\\N", "brand": self.brand, "team": self.team, "person": self.who.id}
        at = self.at.isoformat().replace("+00:00", "Z")
        self.teller.told.append(self.teller.facts[name].line(at=at, ticket=self.id, **(told | values)))


def _tables() -> dict[str, Lines]:
    """The rows of each kind, with what does not vary."""
    said = ("id", "ticket_id", "text", "reply_text", "at", "external_id")
    ours: dict[str, Any] = {"channel": "email", "standing": "ours"}
    return {
        "ticket": Lines(
            Ticket(channel="email", number=0),
            *("id", "number", "subject", "status", "priority", "language", "brand_id", "team_id", "owner_id"),
            *("requester_id", "created_at", "updated_at", "waiting_since", "last_received_at", "snippet"),
        ),
        "seat": Lines(Participant(part="requester"), "ticket_id", "address", "name", "joined_at"),
        "customer": Lines(
            Message(kind="customer", channel="email", standing="on_ticket"), *said, "person_id", "sender"
        ),
        "reply": Lines(Message(kind="reply", delivery="sent", **ours), *said, "agent_id", "due_at"),
        "note": Lines(Message(kind="note", **ours), *said, "agent_id", "due_at"),
        "tagging": Lines(Tagging(), "ticket_id", "tag_id", "at"),
        "closure": Lines(Closure(reason="answered"), "id", "ticket_id", "by_id", "at"),
        "visit": Lines(Visit(), "ticket_id", "agent_id", "at"),
        "file": Lines(Attachment(), "id", "message_id", "stored_id"),
    }


_BRAND, _TEAM, _PERSON, _MESSAGE, _AGENT = (UUID(int=0x44_4444_4444 + place) for place in range(5))
_ABOUT: dict[str, Any] = {"ticket_id": ONE, "at": THEN}
_ALWAYS: dict[str, object] = {"at": THEN, "ticket": ONE}


def _facts() -> dict[str, FactLines]:
    """The facts that are told, each from an example."""
    return {"opened": _opened(), "received": _received(), **_said(), **_done()}


def _opened() -> FactLines:
    example = events.TicketOpened(
        **_ABOUT,
        number=818181,
        brand_id=_BRAND,
        team_id=_TEAM,
        requester_id=_PERSON,
        channel="email",
        subject="SUBJECT",
    )
    holds = {"number": 818181, "brand": _BRAND, "team": _TEAM, "person": _PERSON, "subject": "SUBJECT"}
    return FactLines(example, **_ALWAYS, **holds)


def _received() -> FactLines:
    example = events.MessageReceived(
        **_ABOUT,
        message_id=_MESSAGE,
        person_id=_PERSON,
        channel="email",
        automatic="",
        first=True,
        owner_id=None,
    )
    return FactLines(example, **_ALWAYS, message=_MESSAGE, person=_PERSON, first=True)


def _said() -> dict[str, FactLines]:
    by: dict[str, Any] = {**_ABOUT, "message_id": _MESSAGE, "by_agent_id": _AGENT}
    holds: dict[str, object] = {**_ALWAYS, "message": _MESSAGE, "agent": _AGENT}
    replied = events.ReplyWritten(**by, channel="email", due_at=THEN)
    noted = events.NoteWritten(**by, mentioned_ids=())
    return {"replied": FactLines(replied, **holds), "noted": FactLines(noted, **holds)}


def _done() -> dict[str, FactLines]:
    by: dict[str, Any] = {**_ABOUT, "by_agent_id": _AGENT}
    holds: dict[str, object] = {**_ALWAYS, "agent": _AGENT}
    assigned = events.TicketAssigned(**by, from_agent_id=None, to_agent_id=_AGENT)
    turned = events.StatusChanged(**_ABOUT, was="WAS", now="NOW")
    return {
        "assigned": FactLines(assigned, **holds),
        "turned": FactLines(turned, **_ALWAYS, was="WAS", now="NOW"),
        "tagged": FactLines(events.TicketTagged(**by, tag="TAG"), **holds, tag="TAG"),
        "closed": FactLines(events.TicketClosed(**by, reason="answered"), **holds),
    }


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)

"""What a merge would make of some tickets, shown before anything is done; and what a merge has made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from handrail.fields.field import POINTING, Field
from handrail.fields.showing import in_words
from handrail.team.models import Agent
from handrail.tickets.models import Draft, Merge, Message, Participant, Ticket
from handrail.tickets.models.message import snippet_of
from handrail.tickets.queries.fields import told_fields
from handrail.tickets.queries.finding import found_ids
from handrail.tickets.taking_over import COLUMNS, FIELD

#: So many lines of the thread are shown; of a longer one the newest.
LINES = 40
#: So many tickets are offered for a few words.
FOUND = 8


@dataclass(frozen=True, kw_only=True)
class Line:
    """A message of the merged thread. number: the ticket it was written to."""

    number: int
    author: str
    kind: str
    snippet: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody who takes part. number: on which ticket; asks: whether they are its requester."""

    address: str
    name: str
    number: int
    asks: bool


@dataclass(frozen=True, kw_only=True)
class Value:
    """What one of the tickets has in a column. number: that ticket."""

    number: int
    words: str
    empty: bool


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would be. values: only what the tickets differ in, by name, the survivor's first.

    labels: of custom fields, by the same names.
    """

    survivor: Ticket
    others: list[Ticket]
    lines: list[Line]
    left_out: int
    readers: list[Reader]
    newcomers: list[Reader]
    values: dict[str, list[Value]]
    labels: dict[str, str]
    waiting_since: datetime | None
    drafts: int

    @property
    def tickets(self) -> list[Ticket]:
        return [self.survivor, *self.others]

    @property
    def numbers(self) -> list[int]:
        return [ticket.number for ticket in self.others]


def preview_of(survivor: Ticket, others: Sequence[Ticket], *, agent: Agent) -> Preview:
    """The thread, its readers and the values as they would be."""
    tickets = [survivor, *others]
    lines = _lines(tickets)
    readers, newcomers = _readers(survivor, others)
    fields = {
        f"{FIELD}{key}": field for key, field in told_fields(agent).items() if field.kind not in POINTING
    }
    waits = [ticket.waiting_since for ticket in tickets if ticket.waiting_since]
    return Preview(
        survivor=survivor,
        others=list(others),
        lines=lines[-LINES:],
        left_out=max(0, len(lines) - LINES),
        readers=readers,
        newcomers=newcomers,
        values={**_values(tickets), **_filled(tickets, fields)},
        labels={name: str(field.label) for name, field in fields.items()},
        waiting_since=min(waits, default=None),
        drafts=Draft.objects.filter(ticket__in=[other.pk for other in others]).count(),
    )


def found_to_merge(words: str, *, agent: Agent, apart_from: Sequence[int]) -> list[Ticket]:
    """Tickets for a few words or a number, best first; merged ones not."""
    number = words.removeprefix("#").strip()
    ids = found_ids(words, agent=agent, limit=FOUND * 3)
    named = Q(number=int(number)) if number.isascii() and number.isdigit() and len(number) < 16 else Q()
    rows = Ticket.objects.visible_to(agent).filter(Q(pk__in=ids) | named if named else Q(pk__in=ids))
    rows = rows.exclude(status=Ticket.Status.MERGED).exclude(number__in=apart_from)
    place = {ticket_id: place for place, ticket_id in enumerate(ids)}
    found = rows.select_related("requester")
    return sorted(found, key=lambda ticket: place.get(ticket.pk, -1))[:FOUND]


def of_the_same_customer(ticket: Ticket, *, agent: Agent, apart_from: Sequence[int]) -> list[Ticket]:
    """Other tickets this person asks on that are still work, the newest first."""
    rows = Ticket.objects.visible_to(agent).live().filter(requester=ticket.requester_id)
    rows = rows.filter(brand=ticket.brand_id).exclude(number__in=apart_from)
    return list(rows.select_related("requester").order_by("-created_at")[:FOUND])


def standing_merge_of(ticket: Ticket) -> Merge | None:
    """The merge by which the ticket went away."""
    rows = Merge.objects.filter(merged=ticket, undone_at=None).select_related("by", "survivor")
    return rows.first()


def merges_of_batch(batch: UUID, *, agent: Agent) -> list[Merge]:
    """Those of one go that stand, as far as the agent may see both tickets."""
    seen = Ticket.objects.visible_to(agent)
    rows = Merge.objects.filter(batch=batch, undone_at=None, merged__in=seen, survivor__in=seen)
    return list(rows.select_related("merged", "survivor").order_by("merged__number"))


def messages_on(ticket: Ticket) -> int:
    """How many of the survivor's messages were written to this merged ticket or below it."""
    found = Message.objects.filter(home__in=ticket.all_below()).aggregate(count=Count("pk"))
    return int(found["count"])


def _lines(tickets: Sequence[Ticket]) -> list[Line]:
    numbers = {ticket.pk: ticket.number for ticket in tickets}
    rows = Message.objects.filter(ticket__in=numbers).select_related("agent", "person").order_by("id")
    return [
        Line(
            number=numbers[row.ticket_id],
            author=row.author_name,
            kind=row.kind,
            snippet=snippet_of(row.reply_text or row.text),
            at=row.at,
        )
        for row in rows.defer("html", "extras", "references")
    ]


def _readers(survivor: Ticket, others: Sequence[Ticket]) -> tuple[list[Reader], list[Reader]]:
    """Who is written to already, and who of the others is not."""
    readers = [_reader(seat, survivor) for seat in survivor.participants.order_by("id")]
    known = {reader.address for reader in readers}
    newcomers: dict[str, Reader] = {}
    for other in others:
        for seat in other.participants.order_by("id"):
            if seat.address not in known:
                newcomers.setdefault(seat.address, _reader(seat, other))
    return readers, list(newcomers.values())


def _reader(seat: Participant, ticket: Ticket) -> Reader:
    asks = seat.part == Participant.Part.REQUESTER
    return Reader(address=seat.address, name=seat.name, number=ticket.number, asks=asks)


def _values(tickets: Sequence[Ticket]) -> dict[str, list[Value]]:
    found = {}
    for name in COLUMNS:
        values = [_value(ticket, name) for ticket in tickets]
        if len({value.words for value in values}) > 1:
            found[name] = values
    return found


def _filled(tickets: Sequence[Ticket], fields: Mapping[str, Field]) -> dict[str, list[Value]]:
    """The custom fields in which they differ."""
    found = {}
    for name, field in fields.items():
        kept = [ticket.fields.get(field.key) for ticket in tickets]
        if any(value != kept[0] for value in kept):
            words = [str(in_words(field, value)) if value is not None else "" for value in kept]
            pairs = zip(tickets, words, strict=True)
            found[name] = [Value(number=each.number, words=said, empty=not said) for each, said in pairs]
    return found


def _value(ticket: Ticket, name: str) -> Value:
    if name == "priority":
        words = str(ticket.get_priority_display())
    else:
        value = getattr(ticket, name)
        words = str(value.name) if name in ("owner", "team") and value else str(value or "")
    return Value(number=ticket.number, words=words, empty=not words)

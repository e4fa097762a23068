"""One ticket, opened: everything its page shows, in a handful of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from handrail.customers.queries import Card, addresses_of, card_from
from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.models import Closure, Draft, Participant, Tagging, Ticket
from handrail.tickets.queries.history import History, history_of
from handrail.tickets.queries.timeline import Timeline, timeline_of
from handrail.tickets.reasons import USUAL, words_for


@dataclass(frozen=True, slots=True)
class Seat:
    """An address that takes part in the conversation."""

    address: str
    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Hung:
    """A file that hangs on a draft."""

    pk: str
    name: str
    bytes: int


@dataclass(frozen=True, kw_only=True)
class Unsent:
    """What this agent has begun to write. files: what hangs on it already."""

    mode: str
    text: str
    html: str
    files: list[Hung]
    updated_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class May:
    """What the viewing agent may do with the ticket."""

    reply: bool
    note: bool
    assign: bool
    close: bool
    change: bool


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A ticket with its panels. newest_heard: the newest public message, which the writer has then seen."""

    ticket: Ticket
    tags: list[str]
    seats: list[Seat]
    timeline: Timeline
    draft: Unsent
    history: History
    card: Card
    may: May
    viewer_id: UUID

    @property
    def is_mine(self) -> bool:
        return self.ticket.owner_id == self.viewer_id

    @property
    def closure(self) -> Closure | None:
        """Who closed it, when and why; None while it is open."""
        return getattr(self.ticket, "closure", None)

    @property
    def closure_words(self) -> str:
        return words_for(self.closure.reason) if self.closure else ""

    @property
    def reasons(self) -> dict[str, str]:
        """The usual reasons to close a ticket."""
        return {key: str(words) for key, words in USUAL.items()}

    @property
    def fresh_key(self) -> UUID:
        """A new idempotency key for one more answer or note."""
        return uuid4()

    @property
    def requester_address(self) -> str:
        return next((seat.address for seat in self.seats if seat.part == Participant.Part.REQUESTER), "")

    @property
    def copied(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.part == Participant.Part.COPIED]


def visible_ticket(number: int, *, agent: Agent) -> Ticket | None:
    """The ticket with this number if the agent may see it, with everybody's names, tags and seats."""
    tags = Tagging.objects.filter(ticket=OuterRef("pk")).order_by("tag__name").values("tag__name")
    seats = Participant.objects.filter(ticket=OuterRef("pk")).order_by("id")
    found: Ticket | None = (
        Ticket.objects.visible_to(agent)
        .select_related("requester__organisation", "owner", "team", "brand", "closure__by")
        .annotate(tag_names=ArraySubquery(tags))
        .annotate(addresses=ArraySubquery(addresses_of(OuterRef("requester"))))
        .annotate(
            seats=ArraySubquery(seats.values(seat=JSONObject(address="address", name="name", part="part")))
        )
        .filter(number=number)
        .first()
    )
    return found


def opened(ticket: Ticket, *, agent: Agent, start: UUID | None = None) -> Opened:
    """Everything that belongs to a ticket found by `visible_ticket`; the timeline begins with `start`.

    The requester's card needs no door of its own: who may see a ticket may see who asked.
    """
    read: Any = ticket
    return Opened(
        ticket=ticket,
        tags=read.tag_names,
        seats=[Seat(**seat) for seat in read.seats],
        timeline=timeline_of(ticket, start=start),
        draft=draft_on(ticket.pk, agent=agent),
        history=history_of(ticket.requester_id, agent=agent, apart_from=ticket.pk),
        card=card_from(ticket.requester, addresses=read.addresses),
        may=rights_of(agent),
        viewer_id=agent.pk,
    )


def draft_on(ticket_id: UUID, *, agent: Agent) -> Unsent:
    """What the agent has begun to write on this ticket; empty when nothing."""
    held = Draft.files.through.objects.filter(draft=OuterRef("pk")).order_by("storedfile_id")
    files = held.values(
        file=JSONObject(pk="storedfile_id", name="storedfile__name", bytes="storedfile__bytes")
    )
    rows = Draft.objects.filter(ticket=ticket_id, agent=agent)
    draft = rows.values_list("mode", "text", "html", "updated_at", ArraySubquery(files)).first()
    if draft is None:
        mode = Draft.Mode.REPLY if policies.may_reply(agent) else Draft.Mode.NOTE
        return Unsent(mode=mode, text="", html="", files=[], updated_at=None)
    mode, text, html, updated_at, hung = draft
    return Unsent(
        mode=mode, text=text, html=html, files=[Hung(**file) for file in hung], updated_at=updated_at
    )


def rights_of(agent: Agent) -> May:
    return May(
        reply=policies.may_reply(agent),
        note=policies.may_note(agent),
        assign=policies.may_assign(agent),
        close=policies.may_close(agent),
        change=policies.may_change(agent),
    )

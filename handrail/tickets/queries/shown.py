"""A ticket as its page shows it: every name already read, nothing to ask later."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from handrail.customers.queries import Address, Card, addresses_of
from handrail.fields.models.edition import ONLY, Edition
from handrail.kit.prepared import Prepared
from handrail.team.models import Agent
from handrail.tickets.models import (
    Checklist,
    Participant,
    SharedDraft,
    Stopwatch,
    Tagging,
    Ticket,
    TimeEntry,
)
from handrail.tickets.queries.rows import whole_units
from handrail.tickets.queries.sight import eyes_of, seen_by, width_of


@dataclass(frozen=True, slots=True)
class Seat:
    """An address that takes part in the conversation."""

    address: str
    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One ticket. The columns stand in the order in which they are read.

    edition: of what admins set up, asked for along the way.
    """

    id: UUID
    number: int
    subject: str
    status: str
    priority: int
    channel: str
    created_at: datetime
    waiting_since: datetime | None
    last_received_at: datetime | None
    due_at: datetime | None
    brand_id: UUID
    brand: str
    team_id: UUID | None
    team: str | None
    owner_id: UUID | None
    owner: str | None
    requester_id: UUID
    requester: str
    language: str
    timezone: str
    known_since: datetime
    organisation_id: UUID | None
    organisation: str | None
    plan: str | None
    closed_at: datetime | None
    reason: str | None
    held_for: str | None
    stage_id: UUID | None
    fields: dict[str, Any]
    edition: UUID | None
    has_checklists: bool
    has_time: bool
    has_own_timer: bool
    has_shared_drafts: bool
    tags: list[str]
    seats: list[Seat]
    addresses: list[dict[str, Any]]

    def waits_for(self, at: datetime) -> timedelta | None:
        """How long they have waited for us, in one unit."""
        return whole_units(at - self.waiting_since) if self.waiting_since else None

    @property
    def is_done(self) -> bool:
        return self.status in Ticket.DONE

    def is_overdue(self, at: datetime) -> bool:
        """Whether it should be done by now and is not."""
        return self.due_at is not None and self.due_at < at and not self.is_done

    @property
    def card(self) -> Card:
        """Who asks. It needs no door of its own: who may see a ticket may see who asked."""
        return Card(
            id=self.requester_id,
            name=self.requester,
            organisation_id=self.organisation_id,
            organisation=self.organisation or "",
            plan=self.plan or "",
            language=self.language,
            timezone=self.timezone,
            since=self.known_since,
            addresses=[Address(**address) for address in self.addresses],
        )


def shown(number: int, *, agent: Agent) -> Shown | None:
    """The ticket with this number, if the agent may see it; one query."""
    rows = _SHOWN.rows(shape=width_of(agent), number=number, **eyes_of(agent))
    if not rows:
        return None
    *columns, seats, addresses = rows[0]
    return Shown(*(*columns, [Seat(**seat) for seat in seats], addresses))


def _shown(
    *, number: int, agent: UUID, brands: list[UUID], teams: list[UUID], shape: tuple[str, ...]
) -> "QuerySet[Any, Any]":
    tags = Tagging.objects.filter(ticket=OuterRef("pk")).order_by("tag__name").values("tag__name")
    seats = Participant.objects.filter(ticket=OuterRef("pk")).order_by("id")
    rows = seen_by(agent=agent, brands=brands, teams=teams, width=shape).filter(number=number)
    return rows.values_list(
        *_COLUMNS,
        Subquery(Edition.objects.filter(pk=ONLY).values("token")),
        Exists(Checklist.objects.standing().filter(ticket=OuterRef("pk")).order_by()),
        Exists(TimeEntry.objects.standing().filter(ticket=OuterRef("pk")).order_by()),
        Exists(Stopwatch.objects.filter(ticket=OuterRef("pk"), agent=agent)),
        Exists(SharedDraft.objects.filter(ticket=OuterRef("pk"))),
        ArraySubquery(tags),
        ArraySubquery(seats.values(seat=JSONObject(address="address", name="name", part="part"))),
        ArraySubquery(addresses_of(OuterRef("requester"))),
    )


#: In the order of a Shown; what is gathered from other rows follows.
_COLUMNS = (
    "id",
    "number",
    "subject",
    "status",
    "priority",
    "channel",
    "created_at",
    "waiting_since",
    "last_received_at",
    "due_at",
    "brand_id",
    "brand__name",
    "team_id",
    "team__name",
    "owner_id",
    "owner__name",
    "requester_id",
    "requester__name",
    "requester__language",
    "requester__timezone",
    "requester__created_at",
    "requester__organisation_id",
    "requester__organisation__name",
    "requester__organisation__plan",
    "closure__at",
    "closure__reason",
    "held__reason",
    "stage_id",
    "fields",
)
_SHOWN = Prepared(_shown)

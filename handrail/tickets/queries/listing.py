"""Rows of a list: only the columns a row shows, in one query whatever their number."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from handrail.team.models import Agent
from handrail.tickets.models import Ticket, Visit
from handrail.tickets.queries.built_in import View
from handrail.tickets.queries.filtering import Filters
from handrail.tickets.queries.finding import found_ids

PAGE = 50
#: Matches of a search that are sorted by how well they fit; more are never shown at once.
FOUND_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket in one glance. waiting_since: since when the customer waits for a word from us."""

    id: UUID
    number: int
    subject: str
    snippet: str
    status: str
    priority: int
    channel: str
    waiting_since: datetime | None
    updated_at: datetime
    requester: str
    organisation: str | None
    owner_id: UUID | None
    owner: str | None
    was_read: bool

    @property
    def is_unread(self) -> bool:
        """The customer wrote since this agent last looked, and it is our turn."""
        return not self.was_read and self.status in ("new", "open")

    def waits_for(self, at: datetime) -> timedelta | None:
        """How long they have waited: whole days, else whole hours, else whole minutes."""
        if self.waiting_since is None:
            return None
        waits = max(at - self.waiting_since, timedelta(minutes=1))
        unit = next(unit for unit in _UNITS if waits >= unit)
        return waits - waits % unit


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some rows, and where the next ones begin; None at the end."""

    rows: list[Row]
    after: str | None


def page_of(view: View, *, filters: Filters, agent: Agent, after: str = "", limit: int = PAGE) -> Page:
    """The rows of a view behind the place called `after`; the longest wait comes first."""
    tickets = Ticket.objects.visible_to(agent).filter(view.which, filters.condition)
    if filters.q:
        return _best_matches(tickets, filters.q, agent=agent)
    if view.latest_first:
        tickets = tickets.order_by("-updated_at", "-id")
    else:
        tickets = tickets.order_by(F("waiting_since").asc(nulls_last=True), "-updated_at", "-id")
    if place := _place_of(after):
        tickets = tickets.filter(_behind(*place, latest_first=view.latest_first))
    rows = rows_of(tickets[: limit + 1], agent=agent)
    return Page(rows=rows[:limit], after=_name_of(rows[limit - 1]) if len(rows) > limit else None)


def rows_of(tickets: "QuerySet[Ticket]", *, agent: Agent) -> list[Row]:
    """These tickets, which the agent may see, as rows."""
    seen = Visit.objects.filter(agent=agent, ticket=OuterRef("pk"), at__gte=OuterRef("last_received_at"))
    columns = tickets.values_list(
        "id",
        "number",
        "subject",
        "snippet",
        "status",
        "priority",
        "channel",
        "waiting_since",
        "updated_at",
        "requester__name",
        "requester__organisation__name",
        "owner_id",
        "owner__name",
        Exists(seen),
    )
    return [Row(*values) for values in columns]


def _best_matches(tickets: "QuerySet[Ticket]", words: str, *, agent: Agent) -> Page:
    ids = found_ids(words, limit=FOUND_AT_MOST)
    places = {each: place for place, each in enumerate(ids)}
    number = words.removeprefix("#")
    named = Q(number=int(number)) if number.isascii() and number.isdigit() and len(number) < 16 else Q()
    rows = rows_of(tickets.filter(Q(pk__in=ids) | named if named else Q(pk__in=ids)), agent=agent)
    return Page(rows=sorted(rows, key=lambda row: places.get(row.id, -1))[:PAGE], after=None)


def _name_of(row: Row) -> str:
    """The place behind a row, in words that fit into an address."""
    waiting = _micros(row.waiting_since) if row.waiting_since else ""
    return f"{waiting}.{_micros(row.updated_at)}.{row.id.hex}"


def _place_of(name: str) -> tuple[datetime | None, datetime, UUID] | None:
    try:
        waiting, updated, key = name.split(".")
        return (_moment(waiting) if waiting else None), _moment(updated), UUID(key)
    except (ValueError, OverflowError):
        return None


def _behind(waiting: datetime | None, updated: datetime, key: UUID, *, latest_first: bool) -> Q:
    later = Q(updated_at__lt=updated) | Q(updated_at=updated, id__lt=key)
    if latest_first:
        return later
    if waiting is None:
        return Q(waiting_since=None) & later
    return Q(waiting_since__gt=waiting) | Q(waiting_since=None) | (Q(waiting_since=waiting) & later)


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _moment(micros: str) -> datetime:
    return _EPOCH + timedelta(microseconds=int(micros))


_UNITS = (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

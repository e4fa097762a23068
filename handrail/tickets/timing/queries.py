"""Reads of time: what was spent on a ticket, and the sums of a period."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import DecimalField, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.team.models import Agent
from handrail.tickets.models import Activity, Stopwatch, Ticket, TimeEntry
from handrail.tickets.models.time_entry import TimeEntries, label_in
from handrail.tickets.timing.lengths import length_of

#: So many entries are shown on a ticket and behind a sum.
SHOWN = 200


class Grouping(models.TextChoices):
    """By what the time of a period is summed."""

    PERSON = "person", gettext_lazy("Colleague")
    ACTIVITY = "activity", gettext_lazy("Activity")
    CUSTOMER = "customer", gettext_lazy("Customer")
    ORGANISATION = "organisation", gettext_lazy("Organisation")


@dataclass(frozen=True, kw_only=True)
class TicketTime:
    """What was spent on one ticket. sums: minutes by the activity's words, the most first."""

    entries: list[TimeEntry]
    sums: dict[str, int]

    @property
    def minutes(self) -> int:
        return sum(self.sums.values())

    @property
    def length(self) -> str:
        return length_of(self.minutes) if self.minutes else ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One group of a period. key: its id; None for entries without one. cost: None where none is known."""

    key: UUID | None
    words: str
    minutes: int
    billable: int
    cost: Decimal | None
    tickets: int


@dataclass(frozen=True, kw_only=True)
class Period:
    """From a day to a day, both included."""

    first: date
    last: date


_KEYS: dict[str, str] = {
    Grouping.PERSON: "agent",
    Grouping.ACTIVITY: "activity",
    Grouping.CUSTOMER: "ticket__requester",
    Grouping.ORGANISATION: "ticket__requester__organisation",
}
_WORDS: dict[str, str] = {
    Grouping.PERSON: "agent__name",
    Grouping.ACTIVITY: "activity__labels",
    Grouping.CUSTOMER: "ticket__requester__name",
    Grouping.ORGANISATION: "ticket__requester__organisation__name",
}
_COST = Sum(
    F("minutes") * F("hourly_cost") / Decimal(60),
    output_field=DecimalField(max_digits=14, decimal_places=2),
)


def time_on(ticket_id: UUID) -> TicketTime:
    """Entries, the latest day first, and their sums; one query."""
    rows = TimeEntry.objects.standing().filter(ticket=ticket_id).select_related("agent", "activity")
    entries, sums = list(rows[:SHOWN]), dict[str, int]()
    for entry in entries:
        words = entry.activity.words if entry.activity else _("Other work")
        sums[words] = sums.get(words, 0) + entry.minutes
    return TicketTime(entries=entries, sums=dict(sorted(sums.items(), key=lambda pair: -pair[1])))


def stopwatch_of(agent: Agent) -> Stopwatch | None:
    """This agent's timer with its ticket; one query."""
    return Stopwatch.objects.filter(agent=agent).select_related("ticket").first()


def activities() -> list[Activity]:
    """Those that can be chosen."""
    return list(Activity.objects.filter(retired_at=None))


def lines_of(period: Period, *, by: str, agent: Agent) -> list[Line]:
    """The sums of a period, the most first; one query."""
    rows = _entries(period, agent=agent).order_by()
    summed: QuerySet[Any, Any] = rows.values(of=F(_KEYS[by]), words=F(_WORDS[by])).annotate(
        sum=Sum("minutes"),
        billable_sum=Sum("minutes", filter=Q(billable=True), default=0),
        cost=_COST,
        tickets=models.Count("ticket", distinct=True),
    )
    lines = [
        Line(
            key=row["of"],
            words=_words(row["words"], by),
            minutes=row["sum"],
            billable=row["billable_sum"],
            cost=_rounded(row["cost"]),
            tickets=row["tickets"],
        )
        for row in summed
    ]
    return sorted(lines, key=lambda line: (-line.minutes, line.words))


def entries_behind(period: Period, *, by: str, key: UUID | None, agent: Agent) -> list[TimeEntry]:
    """The entries behind one line, the latest first."""
    rows = _entries(period, agent=agent).filter(**{_KEYS[by]: key})
    return list(rows.select_related("agent", "activity", "ticket")[:SHOWN])


def rows_of(period: Period, *, agent: Agent) -> Iterator[TimeEntry]:
    """Every entry of the period, for a file."""
    rows = _entries(period, agent=agent).select_related(
        "agent", "activity", "ticket__requester__organisation"
    )
    return rows.order_by("spent_on", "id").iterator(chunk_size=1000)


def cost_of(entry: TimeEntry) -> Decimal | None:
    """What it cost; None where that is not known."""
    if entry.hourly_cost is None:
        return None
    return _rounded(entry.hourly_cost * entry.minutes / 60)


def _entries(period: Period, *, agent: Agent) -> TimeEntries:
    """Of tickets that this agent may see."""
    seen = Ticket.objects.visible_to(agent)
    days = TimeEntry.objects.standing().filter(spent_on__range=(period.first, period.last))
    return days.filter(ticket__in=seen)


def _rounded(cost: Decimal | None) -> Decimal | None:
    return cost.quantize(Decimal("0.01")) if cost is not None else None


def _words(found: Any, by: str) -> str:
    if by == Grouping.ACTIVITY:
        return label_in(found) if found else _("Other work")
    return str(found or _("None"))

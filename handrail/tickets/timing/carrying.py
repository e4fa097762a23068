"""A merge takes entries of time and timers along, and taking it back brings them home, as with messages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from handrail.tickets.events import TimeMoved
from handrail.tickets.models import Stopwatch, Ticket, TimeEntry
from handrail.tickets.models.stopwatch import changed


def take_along(merged: Ticket, survivor: Ticket, *, at: datetime) -> None:
    """All that lies on the merged ticket lies on the survivor and remembers its own; timers run on."""
    Stopwatch.objects.filter(ticket=merged.pk).update(**_moved_to(survivor))
    _draw_again(survivor)
    rows = TimeEntry.objects.filter(ticket=merged.pk)
    moved = tuple(rows.order_by("id").values_list("pk", flat=True))
    if moved:
        rows.update(**_moved_to(survivor))
        _tell(survivor, merged, moved, at=at)


def bring_home(merged: Ticket, survivor: Ticket, *, at: datetime) -> None:
    """What was entered or timed on the merged ticket, or on one below it, lies on it again, as it is now."""
    _bring(Stopwatch.objects.all(), merged, survivor)
    _draw_again(merged)
    moved = _bring(TimeEntry.objects.all(), merged, survivor)
    if moved:
        _tell(merged, survivor, moved, at=at)


def _moved_to(survivor: Ticket) -> dict[str, Any]:
    return {"home_id": Coalesce(F("home_id"), F("ticket_id")), "ticket_id": survivor.pk}


def _bring(rows: QuerySet[Any], merged: Ticket, survivor: Ticket) -> tuple[UUID, ...]:
    coming = rows.filter(ticket=survivor.pk, home__in=merged.all_below())
    moved = tuple(coming.order_by("id").values_list("pk", flat=True))
    coming.update(ticket_id=merged.pk)
    rows.filter(ticket=merged.pk, home=merged.pk).update(home_id=None)
    return moved


def _draw_again(ticket: Ticket) -> None:
    """The rails of those who time it lead to it."""
    for watch in Stopwatch.objects.filter(ticket=ticket.pk).select_related("agent"):
        changed(watch.agent)


def _tell(to: Ticket, come_from: Ticket, moved: tuple[UUID, ...], *, at: datetime) -> None:
    to.tell(TimeMoved(ticket_id=to.pk, from_ticket_id=come_from.pk, entry_ids=moved, at=at))

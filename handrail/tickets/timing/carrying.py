"""A merge takes entries of time along, and taking it back brings them home, as it is with messages."""

from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce

from handrail.tickets.events import TimeMoved
from handrail.tickets.models import Stopwatch, Ticket, TimeEntry


def take_along(merged: Ticket, survivor: Ticket, *, at: datetime) -> None:
    """All entries that lie on the merged ticket lie on the survivor; each remembers its own ticket.

    Timers that run there run on; taking the merge back leaves them.
    """
    Stopwatch.objects.filter(ticket=merged.pk).update(ticket=survivor.pk)
    rows = TimeEntry.objects.filter(ticket=merged.pk)
    moved = tuple(rows.order_by("id").values_list("pk", flat=True))
    if moved:
        rows.update(home_id=Coalesce(F("home_id"), F("ticket_id")), ticket_id=survivor.pk)
        _tell(survivor, merged, moved, at=at)


def bring_home(merged: Ticket, survivor: Ticket, *, at: datetime) -> None:
    """Whatever was entered on the merged ticket, or on one below it, lies on it again, as it is now."""
    rows = TimeEntry.objects.filter(ticket=survivor.pk, home__in=merged.all_below())
    moved = tuple(rows.order_by("id").values_list("pk", flat=True))
    if moved:
        rows.update(ticket_id=merged.pk)
        TimeEntry.objects.filter(ticket=merged.pk, home=merged.pk).update(home_id=None)
        _tell(merged, survivor, moved, at=at)


def _tell(to: Ticket, come_from: Ticket, moved: tuple[UUID, ...], *, at: datetime) -> None:
    to.tell(TimeMoved(ticket_id=to.pk, from_ticket_id=come_from.pk, entry_ids=moved, at=at))

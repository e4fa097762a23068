"""How a ticket stands, kept as plain values, so that it can stand so again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handrail.tickets.models import Closure, Hold, Ticket

Stance = dict[str, Any]
#: What of a stance is compared to find out whether anything happened since.
COMPARED = ("status", "waiting_since")


def stance_of(ticket: Ticket) -> Stance:
    """Its status, why it has that, and since when they wait."""
    since = ticket.waiting_since
    return {
        "status": str(ticket.status),
        "waiting_since": since.isoformat() if since else None,
        "closure": _row(Closure.objects.filter(ticket=ticket.pk).values("by_id", "reason", "at").first()),
        "hold": _row(Hold.objects.filter(ticket=ticket.pk).values("by_id", "reason", "at").first()),
    }


def same(one: Stance, other: Stance) -> bool:
    """Whether nothing happened between the two."""
    return all(one[name] == other[name] for name in COMPARED)


def stand_again(ticket: Ticket, stance: Stance, *, at: datetime, **columns: Any) -> None:
    """Bring the ticket into that stance, from merged too."""
    status, since = Ticket.Status(stance["status"]), moment_of(stance)
    if not ticket.turn(status, leaving=tuple(Ticket.Status), at=at, waiting_since=since, **columns):
        ticket.change(at=at, waiting_since=since, **columns)
    if stance["closure"]:
        Closure.objects.get_or_create(ticket_id=ticket.pk, defaults=stance["closure"])
    if stance["hold"]:
        Hold.objects.get_or_create(ticket_id=ticket.pk, defaults=stance["hold"])


def moment_of(stance: Stance) -> datetime | None:
    """Since when they waited."""
    since = stance["waiting_since"]
    return datetime.fromisoformat(since) if since else None


def with_wait(stance: Stance, since: datetime | None) -> Stance:
    """The stance of a ticket onto which came what they wait for since then: the longest wait counts."""
    waits = moment_of(stance)
    if since is None or (waits and waits <= since):
        return stance
    is_ours = stance["status"] in ("new", "open")
    return {
        "status": stance["status"] if is_ours else "open",
        "waiting_since": since.isoformat(),
        "closure": None,
        "hold": None,
    }


def _row(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    by = values["by_id"]
    return {"by_id": str(by) if by else None, "reason": values["reason"], "at": values["at"].isoformat()}

"""How a ticket stands, kept as plain values, so that it can stand so again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from handrail.tickets.models import Closure, Hold, Message, Ticket
from handrail.tickets.models.message import snippet_of

Stance = dict[str, Any]
#: What of a stance is compared to find out whether anything happened since.
COMPARED = ("status", "stage", "waiting_since")


def stance_of(ticket: Ticket) -> Stance:
    """Its status, why it has that, and since when they wait."""
    since = ticket.waiting_since
    return {
        "status": str(ticket.status),
        "stage": str(ticket.stage_id) if ticket.stage_id else None,
        "waiting_since": since.isoformat() if since else None,
        "closure": _row(Closure.objects.filter(ticket=ticket.pk).values("by_id", "reason", "at").first()),
        "hold": _row(Hold.objects.filter(ticket=ticket.pk).values("by_id", "reason", "at").first()),
    }


def same(one: Stance, other: Stance) -> bool:
    """Whether nothing happened between the two."""
    return all(one[name] == other[name] for name in COMPARED)


def stand_again(ticket: Ticket, stance: Stance, *, at: datetime, **columns: Any) -> None:
    """Bring the ticket into that stance, from merged too."""
    status = Ticket.Status(stance["status"])
    columns |= {
        "waiting_since": moment_of(stance),
        "stage_id": UUID(stance["stage"]) if stance["stage"] else None,
    }
    if not ticket.turn(status, leaving=tuple(Ticket.Status), at=at, **columns):
        ticket.change(at=at, **columns)
    if stance["closure"]:
        Closure.objects.get_or_create(ticket_id=ticket.pk, defaults=stance["closure"])
    if stance["hold"]:
        Hold.objects.get_or_create(ticket_id=ticket.pk, defaults=stance["hold"])


def read_again(ticket: Ticket, *, at: datetime) -> None:
    """What lists show of the messages, from the messages that lie here."""
    said = Message.objects.filter(ticket=ticket.pk).exclude(kind=Message.Kind.NOTE)
    last = said.exclude(automatic__in=Message.ROBOTS).order_by("-id").first()
    heard = said.filter(kind=Message.Kind.CUSTOMER).order_by("-at").values_list("at", flat=True).first()
    snippet = snippet_of(last.reply_text or last.text) if last else ""
    ticket.change(at=at, snippet=snippet, last_received_at=heard)


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
        "stage": stance["stage"] if is_ours else None,
        "waiting_since": since.isoformat(),
        "closure": None,
        "hold": None,
    }


def _row(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    by = values["by_id"]
    return {"by_id": str(by) if by else None, "reason": values["reason"], "at": values["at"].isoformat()}

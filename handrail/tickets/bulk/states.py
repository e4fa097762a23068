"""How a ticket stands before and after: what an order changed, so that it can be taken back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from handrail.team.models import Agent, Team
from handrail.tickets.checklists import putting
from handrail.tickets.events import TicketReopened
from handrail.tickets.models import Closure, Ticket
from handrail.tickets.models.categories import TRASHED, Category

State = dict[str, Any]


def state_of(
    ticket: Ticket, *, tags: Iterable[str] | None = None, checklists: Iterable[UUID] | None = None
) -> State:
    """The columns that orders change, as plain values. tags, checklists: as now, when known; else as read."""
    if tags is None:
        tags = [tagging.tag.name for tagging in ticket.taggings.all()]
    if checklists is None:
        checklists = [each.pk for each in ticket.checklists.all()]
    return {
        "owner": _text(ticket.owner_id),
        "team": _text(ticket.team_id),
        "priority": int(ticket.priority),
        "tags": sorted(tags),
        "status": ticket.status,
        "stage": _text(ticket.stage_id),
        "waiting_since": ticket.waiting_since.isoformat() if ticket.waiting_since else None,
        "fields": dict(ticket.fields),
        "due": ticket.due_at.isoformat() if ticket.due_at else None,
        "checklists": sorted(str(key) for key in checklists),
    }


def difference(before: State, after: State) -> tuple[State, State]:
    """Only what differs, of both."""
    keys = [key for key in before if before[key] != after[key]]
    return {key: before[key] for key in keys}, {key: after[key] for key in keys}


def take_back(ticket: Ticket, was: State, now: State, *, by: Agent, order_id: UUID, at: datetime) -> None:
    """Put back what an order changed, by the verbs of the ticket, where nobody changed it since."""
    if now.get("status") == TRASHED:
        ticket.restore(by=by, at=at)
        was, now = difference(was, {key: state_of(ticket)[key] for key in was})
    if "fields" in was:
        ticket.fill({key: was["fields"].get(key) for key in {**was["fields"], **now["fields"]}}, by=by, at=at)
    for name in set(now.get("tags", ())) - set(was.get("tags", ())):
        ticket.untag(name, by=by, at=at)
    for name in set(was.get("tags", ())) - set(now.get("tags", ())):
        ticket.tag(name, by=by, at=at)
    for checklist in ticket.checklists.filter(
        pk__in=set(now.get("checklists", ())) - set(was.get("checklists", ()))
    ):
        putting.remove(checklist, by=by, at=at)
    if "due" in was:
        ticket.fall_due(datetime.fromisoformat(was["due"]) if was["due"] else None, by=by, at=at)
    if "priority" in was:
        ticket.prioritise(Ticket.Priority(was["priority"]), by=by, at=at)
    if was.get("team"):
        ticket.move(Team.objects.get(pk=was["team"]), by=by, at=at)
    if "owner" in was:
        owner = Agent.objects.get(pk=was["owner"]) if was["owner"] else None
        ticket.assign(owner, by=by, order_id=order_id, at=at)
    if "status" in was or "stage" in was:
        _status_back(ticket, was, by=by, at=at)


def changed_since(ticket: Ticket, now: State) -> list[str]:
    """Which of the columns that the order changed somebody changed after it."""
    current = state_of(ticket)
    return [key for key in now if key != "waiting_since" and current[key] != now[key]]


def _status_back(ticket: Ticket, was: State, *, by: Agent, at: datetime) -> None:
    """To the very status of before, with the wait that it had."""
    status = Category(was.get("status", ticket.status))
    since = datetime.fromisoformat(was["waiting_since"]) if was.get("waiting_since") else None
    columns: dict[str, Any] = {"stage_id": UUID(was["stage"]) if was.get("stage") else None}
    if "waiting_since" in was and status in Ticket.LIVE:
        columns["waiting_since"] = since
    ended, was_done = ticket.status, ticket.is_done
    if not ticket.turn(status, at=at, **columns):
        ticket.change(at=at, **columns)
    if ticket.is_done:
        Closure.objects.get_or_create(ticket=ticket, defaults={"by": by, "reason": "solved", "at": at})
    elif was_done:
        ticket.tell(TicketReopened(ticket_id=ticket.pk, by_agent_id=by.pk, was_status=ended, at=at))


def _text(key: UUID | None) -> str | None:
    return str(key) if key else None

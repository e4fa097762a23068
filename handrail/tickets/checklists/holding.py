"""What every change of a checklist begins with, and how it is told."""

from datetime import datetime
from typing import Any

from handrail.events.live import touch
from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.events import TaskFact
from handrail.tickets.models import Checklist, Task, Ticket


class Gone(Exception):
    """Somebody removed it meanwhile."""


class TooMany(Exception):
    """No ticket has more checklists, no checklist more tasks; args[0] says how many."""


def hold(ticket: Ticket, *, by: Agent | None) -> None:
    """Hold the ticket until the transaction ends: what is written on it now is not left behind by a merge.

    Raises PermissionDenied, and WentInto when it was merged.
    """
    if by is not None:
        policies.demand(policies.may_change, by)
    ticket.lock()
    ticket.mind_the_merge()


def hold_list(checklist: Checklist, *, by: Agent | None) -> Ticket:
    """The ticket of a checklist, held, and the checklist as it is now. Raises Gone too."""
    hold(checklist.ticket, by=by)
    now = Checklist.objects.filter(pk=checklist.pk, ticket=checklist.ticket_id, removed_at=None)
    title = now.values_list("title", flat=True).first()
    if title is None:
        raise Gone
    checklist.title = title
    return checklist.ticket


def hold_task(task: Task, *, by: Agent | None) -> Ticket:
    """The ticket of a task, held, and the task as it is now. Raises Gone too."""
    ticket = hold_list(task.checklist, by=by)
    task.refresh_from_db(fields=_COLUMNS)
    if task.removed_at:
        raise Gone
    return ticket


#: Everything but the checklist, which was read before.
_COLUMNS = [field.name for field in Task._meta.concrete_fields if field.name not in ("id", "checklist")]


def tell(fact: type[TaskFact], task: Task, *, by: Agent | None, at: datetime, **more: Any) -> None:
    """Publish a fact about a task on its ticket, and let its owner's browsers count again."""
    ticket = task.checklist.ticket
    who = by.pk if by else None
    ticket.tell(fact(ticket_id=ticket.pk, by_agent_id=who, task_id=task.pk, text=task.text, at=at, **more))
    if task.owner:
        touch(f"user:{task.owner.user_id}", "tasks")

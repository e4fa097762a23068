"""A task that is another ticket: named by its number, done with its end."""

import re
from datetime import datetime
from uuid import UUID

from handrail.team.models import Agent
from handrail.tickets.checklists.holding import tell
from handrail.tickets.events import StatusChanged, TaskTicked, TaskUnticked
from handrail.tickets.models import Task, Ticket
from handrail.tickets.models.categories import LIVE

_NUMBER = re.compile(r"#([0-9]{1,15})")


class ToItself(Exception):
    """The task would be the ticket on which it stands."""


class Circular(Exception):
    """Each of the two tickets would be done with the other's end: never."""


def ticket_named(text: str, *, by: Agent | None) -> Ticket | None:
    """The ticket that “#123” names, if there is one and the agent may see it: else it is a text like any."""
    found = _NUMBER.fullmatch(text)
    if found is None or by is None:
        return None
    ticket: Ticket | None = Ticket.objects.visible_to(by).filter(number=int(found[1])).first()
    return ticket


def mind_circles(ticket: Ticket, other: Ticket) -> None:
    """Raise ToItself or Circular when the other one already waits for this ticket, by whatever way."""
    here, new = ticket.all_below() | {ticket.pk}, {other.survivor().pk}
    if new & here:
        raise ToItself
    seen = set[UUID]()
    while new:
        rows = Task.objects.standing().filter(checklist__ticket__in=new, other__isnull=False)
        seen |= new
        new = {task.other.survivor().pk for task in rows.select_related("other") if task.other} - seen
        if new & here:
            raise Circular


def settle(event: StatusChanged) -> None:
    """Tick off the tasks that are this ticket, or open them again, when it came to its end or back."""
    is_merge = "merged" in (event.was, event.now)
    if not is_merge and (event.was in LIVE) == (event.now in LIVE):
        return
    ticket = Ticket(pk=event.ticket_id, number=0)  # a name for it: without a number it would draw one
    rows = Task.objects.standing().filter(other__in=ticket.all_below()).order_by("id")
    if not (tasks := list(rows.select_related("checklist__ticket"))):
        return
    done = Ticket.objects.get(pk=ticket.pk).survivor().is_done
    for task in tasks:
        _turn(task, done=done, at=event.at)


def let_go(ticket_id: UUID) -> None:
    """The ticket is removed for good: tasks that have words are tasks of their own tickets alone."""
    Task.objects.filter(other=ticket_id).exclude(text="").update(other=None)


def _turn(task: Task, *, done: bool, at: datetime) -> None:
    if done and task.turn_done(by=None, at=at):
        tell(TaskTicked, task, by=None, at=at)
    elif not done and task.turn_open():
        tell(TaskUnticked, task, by=None, at=at)

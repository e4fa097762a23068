"""Tasks are written down, reworded, given, moved in time and in their order, removed and put back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q

from handrail.events.live import touch
from handrail.kit.text import one_line
from handrail.team.models import Agent
from handrail.tickets.checklists.holding import Gone, TooMany, hold_list, hold_task, tell
from handrail.tickets.checklists.referring import mind_circles, ticket_named
from handrail.tickets.events import (
    TaskAdded,
    TaskDueChanged,
    TaskGiven,
    TaskPutBack,
    TaskRemoved,
    TaskRequiredChanged,
    TaskReworded,
    TasksOrdered,
    TaskTicked,
)
from handrail.tickets.models import Checklist, Task, Ticket
from handrail.tickets.models.checklist import LONGEST_TEXT

#: A checklist has no more tasks.
MOST = 200


class Wordless(Exception):
    """A task says what is to do."""


class CannotSee(Exception):
    """args[0] does not see the ticket, and could not do its task."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Everything somebody can decide about a task."""

    text: str
    required: bool = True
    owner: Agent | None = None
    due_at: datetime | None = None


@transaction.atomic
def write(checklist: Checklist, wanted: Wanted, *, by: Agent | None, at: datetime) -> Task:
    """One more task, the last one. “#123” is that ticket, for who sees it.

    Raises Wordless, TooMany, CannotSee, Gone, WentInto, referring.ToItself and Circular.
    """
    ticket, text = hold_list(checklist, by=by), one_line(wanted.text, limit=LONGEST_TEXT)
    if not text:
        raise Wordless
    there = checklist.tasks.standing()
    if there.count() >= MOST:
        raise TooMany(MOST)
    if other := ticket_named(text, by=by):
        mind_circles(ticket, other)
    ends = at if other and other.survivor().is_done else None
    place = (there.aggregate(last=Max("position"))["last"] or 0) + 1
    task = Task(
        checklist=checklist,
        position=place,
        text="" if other else text,
        required=wanted.required,
        other=other,
        done_at=ends,
        by=by,
        at=at,
    )
    Task.write_down([task])
    other_id = other.pk if other else None
    tell(TaskAdded, task, by=by, at=at, checklist_id=checklist.pk, other_id=other_id)
    if ends:
        tell(TaskTicked, task, by=None, at=at)
    _give(task, ticket, wanted.owner, by=by, at=at)
    _due(task, wanted.due_at, by=by, at=at)
    return task


@transaction.atomic
def change(task: Task, wanted: Wanted, *, by: Agent, at: datetime) -> None:
    """Let it say and be what is wanted; each difference is a change of its own.

    A task that is another ticket keeps its text. Raises Wordless, CannotSee, Gone, WentInto.
    """
    ticket = hold_task(task, by=by)
    if task.text:
        _reword(task, wanted.text, by=by, at=at)
    _demand(task, required=wanted.required, by=by, at=at)
    _give(task, ticket, wanted.owner, by=by, at=at)
    _due(task, wanted.due_at, by=by, at=at)


@transaction.atomic
def reword(task: Task, text: str, *, by: Agent | None, at: datetime) -> None:
    """Let it say something else. Raises Wordless, Gone, WentInto."""
    hold_task(task, by=by)
    _reword(task, text, by=by, at=at)


@transaction.atomic
def give(task: Task, owner: Agent | None, *, by: Agent | None, at: datetime) -> None:
    """Let somebody do it, or nobody in particular. Raises CannotSee, Gone, WentInto."""
    ticket = hold_task(task, by=by)
    _give(task, ticket, owner, by=by, at=at)


@transaction.atomic
def fall_due(task: Task, due_at: datetime | None, *, by: Agent | None, at: datetime) -> None:
    """Until then; None: whenever. Raises Gone, WentInto."""
    hold_task(task, by=by)
    _due(task, due_at, by=by, at=at)


@transaction.atomic
def demand(task: Task, *, required: bool, by: Agent | None, at: datetime) -> None:
    """Whether the ticket waits for it. Raises Gone, WentInto."""
    hold_task(task, by=by)
    _demand(task, required=required, by=by, at=at)


@transaction.atomic
def remove(task: Task, *, by: Agent | None, at: datetime) -> None:
    """Take it off; `put_back` brings it back. Raises Gone, WentInto."""
    hold_task(task, by=by)
    task.turn(when=_STANDING, removed_at=at)
    tell(TaskRemoved, task, by=by, at=at)


@transaction.atomic
def put_back(task: Task, *, by: Agent | None, at: datetime) -> None:
    """As it was. Raises Gone when it is there, or its checklist is not; WentInto."""
    hold_list(task.checklist, by=by)
    if not task.turn(when=~_STANDING, removed_at=None):
        raise Gone
    tell(TaskPutBack, task, by=by, at=at)


@transaction.atomic
def shift(task: Task, *, up: bool, by: Agent | None, at: datetime) -> None:
    """One place up or down; at the end it stays. Raises Gone, WentInto."""
    hold_task(task, by=by)
    tasks = list(task.checklist.tasks.standing().in_order())
    place = next(n for n, each in enumerate(tasks) if each.pk == task.pk)
    beside = place - 1 if up else place + 1
    if not 0 <= beside < len(tasks):
        return
    tasks[place], tasks[beside] = tasks[beside], tasks[place]
    order(task.checklist, tasks, by=by, at=at)


@transaction.atomic
def put_before(task: Task, other: Task | None, *, by: Agent | None, at: datetime) -> None:
    """Let it stand before another task of its checklist; None: at the end. Raises Gone, WentInto.

    Where somebody took the other one off meanwhile, Gone as well.
    """
    hold_task(task, by=by)
    before = list(task.checklist.tasks.standing().in_order())
    left = [each for each in before if each.pk != task.pk]
    if other is not None and other.pk not in {each.pk for each in left}:
        raise Gone
    place = next((n for n, each in enumerate(left) if other and each.pk == other.pk), len(left))
    after = [*left[:place], task, *left[place:]]
    if [each.pk for each in after] != [each.pk for each in before]:
        order(task.checklist, after, by=by, at=at)


def order(checklist: Checklist, tasks: list[Task], *, by: Agent | None, at: datetime) -> None:
    """Let all tasks of a checklist stand in this order."""
    for place, each in enumerate(tasks, 1):
        each.position = place
    Task.objects.bulk_update(tasks, ["position"])
    ticket = checklist.ticket
    ticket.tell(
        TasksOrdered(
            ticket_id=ticket.pk,
            by_agent_id=by.pk if by else None,
            checklist_id=checklist.pk,
            title=checklist.title,
            task_ids=tuple(each.pk for each in tasks),
            at=at,
        )
    )


_STANDING = Q(removed_at=None)


def _reword(task: Task, text: str, *, by: Agent | None, at: datetime) -> None:
    was, now = task.text, one_line(text, limit=LONGEST_TEXT)
    if not now:
        raise Wordless
    if now != was and task.turn(when=_STANDING, text=now):
        tell(TaskReworded, task, by=by, at=at, was=was)


def _give(task: Task, ticket: Ticket, owner: Agent | None, *, by: Agent | None, at: datetime) -> None:
    was, now = task.owner_id, owner.pk if owner else None
    if was == now:
        return
    if owner and not Ticket.objects.visible_to(owner).filter(pk=ticket.pk).exists():
        raise CannotSee(owner.name)
    if task.owner:
        touch(f"user:{task.owner.user_id}", "tasks")
    task.turn(when=_STANDING, owner=owner, reminded_at=None)
    tell(TaskGiven, task, by=by, at=at, from_agent_id=was, to_agent_id=now)


def _due(task: Task, due_at: datetime | None, *, by: Agent | None, at: datetime) -> None:
    was = task.due_at
    if was != due_at and task.turn(when=_STANDING, due_at=due_at, reminded_at=None):
        tell(TaskDueChanged, task, by=by, at=at, was=was, now=due_at)


def _demand(task: Task, *, required: bool, by: Agent | None, at: datetime) -> None:
    if task.required != required and task.turn(when=_STANDING, required=required):
        tell(TaskRequiredChanged, task, by=by, at=at, required=required)

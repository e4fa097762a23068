"""Checklists are put on a ticket, empty or from a template, called otherwise, taken off, and put back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from handrail.kit.text import one_line
from handrail.team.models import Agent
from handrail.tickets.checklists import dues
from handrail.tickets.checklists.holding import Gone, TooMany, hold, hold_list
from handrail.tickets.events import (
    ChecklistAdded,
    ChecklistFact,
    ChecklistPutBack,
    ChecklistRemoved,
    ChecklistRenamed,
)
from handrail.tickets.models import Checklist, ChecklistTemplate, Task, Ticket
from handrail.tickets.models.checklist import LONGEST_TITLE

#: A ticket has no more checklists.
MOST = 20


class Untitled(Exception):
    """A checklist has a name."""


@transaction.atomic
def add(ticket: Ticket, *, title: str, by: Agent | None, at: datetime) -> Checklist:
    """An empty one. Raises Untitled, TooMany, WentInto."""
    checklist = _begin(ticket, title, by=by, at=at)
    _tell_added(ticket, checklist, (), by=by, at=at)
    return checklist


@transaction.atomic
def put(ticket: Ticket, template: ChecklistTemplate, *, by: Agent, at: datetime) -> Checklist:
    """The tasks of a template, due as it says from now on. Raises TooMany, WentInto."""
    checklist = _begin(ticket, template.name, by=by, at=at)
    zone = by.user.timezone
    tasks = [
        Task(
            checklist=checklist,
            position=place,
            text=step.text,
            required=step.required,
            due_at=dues.moment(step.due, zone=zone, at=at) if step.due else None,
            by=by,
            at=at,
        )
        for place, step in enumerate(template.steps, 1)
    ]
    _tell_added(ticket, checklist, Task.write_down(tasks), by=by, at=at)
    return checklist


@transaction.atomic
def rename(checklist: Checklist, title: str, *, by: Agent | None, at: datetime) -> None:
    """Call it otherwise. Raises Untitled, Gone, WentInto."""
    hold_list(checklist, by=by)
    was, now = checklist.title, one_line(title, limit=LONGEST_TITLE)
    if not now:
        raise Untitled
    if now == was:
        return
    checklist.title = now
    checklist.save(update_fields=["title"])
    _tell(ChecklistRenamed, checklist, by=by, at=at, was=was)


@transaction.atomic
def remove(checklist: Checklist, *, by: Agent | None, at: datetime) -> None:
    """Take it off, with all tasks; `put_back` brings both back. Raises Gone, WentInto."""
    hold_list(checklist, by=by)
    checklist.removed_at = at
    checklist.save(update_fields=["removed_at"])
    checklist.tasks.standing().update(removed_at=at)
    _tell(ChecklistRemoved, checklist, by=by, at=at)


@transaction.atomic
def put_back(checklist: Checklist, *, by: Agent | None, at: datetime) -> None:
    """As it was when it was taken off. Raises Gone when it is there, WentInto."""
    hold(checklist.ticket, by=by)
    checklist.refresh_from_db(fields=["title", "removed_at"])
    if checklist.removed_at is None:
        raise Gone
    checklist.tasks.filter(removed_at=checklist.removed_at).update(removed_at=None)
    checklist.removed_at = None
    checklist.save(update_fields=["removed_at"])
    _tell(ChecklistPutBack, checklist, by=by, at=at)


def _begin(ticket: Ticket, title: str, *, by: Agent | None, at: datetime) -> Checklist:
    title = one_line(title, limit=LONGEST_TITLE)
    if not title:
        raise Untitled
    hold(ticket, by=by)
    if ticket.checklists.standing().count() >= MOST:
        raise TooMany(MOST)
    checklist = Checklist.make(ticket_id=ticket.pk, title=title, by=by, at=at)
    checklist.ticket = ticket
    return checklist


def _tell_added(
    ticket: Ticket, checklist: Checklist, tasks: Sequence[Task], *, by: Agent | None, at: datetime
) -> None:
    ids, texts = tuple(task.pk for task in tasks), tuple(task.text for task in tasks)
    _tell(ChecklistAdded, checklist, by=by, at=at, task_ids=ids, texts=texts)


def _tell(
    fact: type[ChecklistFact], checklist: Checklist, *, by: Agent | None, at: datetime, **more: object
) -> None:
    ticket, who = checklist.ticket, by.pk if by else None
    ticket.tell(
        fact(
            ticket_id=ticket.pk,
            by_agent_id=who,
            checklist_id=checklist.pk,
            title=checklist.title,
            at=at,
            **more,
        )
    )

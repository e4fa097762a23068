"""A task is ticked off, and opened again."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from handrail.team.models import Agent
from handrail.tickets.checklists.holding import tell
from handrail.tickets.events import TaskTicked, TaskUnticked
from handrail.tickets.models import Task
from handrail.tickets.policies import may_tick


class SoAlready(Exception):
    """Somebody was faster, or removed it."""


class IsTicket(Exception):
    """It is another ticket, and done with the end of that one alone."""


@transaction.atomic
def tick(task: Task, *, by: Agent | None, at: datetime) -> None:
    """It is done. Raises SoAlready, IsTicket, and PermissionDenied for who neither owns nor may change it."""
    _mind(task, by=by)
    if not task.turn_done(by=by, at=at):
        raise SoAlready
    tell(TaskTicked, task, by=by, at=at)


@transaction.atomic
def untick(task: Task, *, by: Agent | None, at: datetime) -> None:
    """It is to do again. Raises as tick."""
    _mind(task, by=by)
    if not task.turn_open():
        raise SoAlready
    tell(TaskUnticked, task, by=by, at=at)


def _mind(task: Task, *, by: Agent | None) -> None:
    if task.other_id:
        raise IsTicket
    if by is not None and not may_tick(by, task):
        raise PermissionDenied

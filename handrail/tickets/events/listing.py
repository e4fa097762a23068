"""Checklists of a ticket, the tasks on them, and until when the ticket shall be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from handrail.tickets.events.base import TicketFact


@dataclass(frozen=True, kw_only=True)
class TicketDueChanged(TicketFact):
    """It shall be done by another moment; None: whenever."""

    by_agent_id: UUID | None
    was: datetime | None
    now: datetime | None


@dataclass(frozen=True, kw_only=True)
class TicketDueFact(TicketFact):
    """A fact about the date that stands. owner_id, team_id: whose the ticket was then."""

    owner_id: UUID | None
    team_id: UUID | None
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class TicketDueNeared(TicketDueFact):
    """It is due within a day, and still work."""


@dataclass(frozen=True, kw_only=True)
class TicketDuePassed(TicketDueFact):
    """It was due, and is still work."""


@dataclass(frozen=True, kw_only=True)
class ChecklistFact(TicketFact):
    """A fact about one checklist of a ticket."""

    personal: ClassVar[Mapping[str, object]] = {"title": ""}
    by_agent_id: UUID | None
    checklist_id: UUID
    title: str


@dataclass(frozen=True, kw_only=True)
class ChecklistAdded(ChecklistFact):
    """A checklist was put on, with the tasks of a template or with none. texts: of the tasks, in order."""

    personal: ClassVar[Mapping[str, object]] = {"title": "", "texts": ()}
    task_ids: tuple[UUID, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ChecklistRenamed(ChecklistFact):
    """A checklist is called otherwise; title: what it is called now."""

    personal: ClassVar[Mapping[str, object]] = {"title": "", "was": ""}
    was: str


@dataclass(frozen=True, kw_only=True)
class ChecklistRemoved(ChecklistFact):
    """A checklist was taken off, and its tasks with it."""


@dataclass(frozen=True, kw_only=True)
class ChecklistPutBack(ChecklistFact):
    """A checklist that had been taken off is there again."""


@dataclass(frozen=True, kw_only=True)
class ChecklistsMoved(TicketFact):
    """Checklists lie on this ticket now, for a merge; beside the fact that says why."""

    from_ticket_id: UUID
    checklist_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class TasksOrdered(ChecklistFact):
    """The tasks of a checklist stand in this order."""

    task_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class TaskFact(TicketFact):
    """A fact about one task. text: empty where the task is another ticket."""

    personal: ClassVar[Mapping[str, object]] = {"text": ""}
    by_agent_id: UUID | None
    task_id: UUID
    text: str


@dataclass(frozen=True, kw_only=True)
class TaskAdded(TaskFact):
    """Something more is to do. other_id: the ticket that the task is."""

    checklist_id: UUID
    other_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class TaskReworded(TaskFact):
    """A task says something else; text: what it says now."""

    personal: ClassVar[Mapping[str, object]] = {"text": "", "was": ""}
    was: str


@dataclass(frozen=True, kw_only=True)
class TaskRemoved(TaskFact):
    """A task was taken off."""


@dataclass(frozen=True, kw_only=True)
class TaskPutBack(TaskFact):
    """A task that had been taken off is there again."""


@dataclass(frozen=True, kw_only=True)
class TaskTicked(TaskFact):
    """A task is done. by_agent_id None: the ticket that it is came to its end."""


@dataclass(frozen=True, kw_only=True)
class TaskUnticked(TaskFact):
    """A task is to do again. by_agent_id None: the ticket that it is was opened again."""


@dataclass(frozen=True, kw_only=True)
class TaskGiven(TaskFact):
    """A task has another owner; None: nobody."""

    from_agent_id: UUID | None
    to_agent_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class TaskDueChanged(TaskFact):
    """A task is due at another moment; None: whenever."""

    was: datetime | None
    now: datetime | None


@dataclass(frozen=True, kw_only=True)
class TaskRequiredChanged(TaskFact):
    """Whether the ticket may end while the task is open. required: it may not, from now on."""

    required: bool


@dataclass(frozen=True, kw_only=True)
class TaskDueReached(TaskFact):
    """The moment of a task has come, and it is still open."""

    owner_id: UUID
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class TaskMadeTicket(TaskFact):
    """A task became a ticket of its own, with whose end it is done."""

    other_id: UUID
    other_number: int


@dataclass(frozen=True, kw_only=True)
class TaskTakenBack(TaskFact):
    """A task that had become a ticket is one of this ticket alone again."""

    other_id: UUID
    other_number: int

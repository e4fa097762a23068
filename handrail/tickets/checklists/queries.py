"""Checklists as a ticket's panel shows them, and tasks as their owners and teams see them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from handrail.team.models import Agent, Team
from handrail.tickets.models import Checklist, ChecklistTemplate, Task, Ticket

#: So many tasks stand on one page; what is due first comes first.
SHOWN = 200
#: Beyond this a number says "99+"; counting on would cost and tell nothing.
COUNTED = 100


@dataclass(frozen=True, slots=True)
class Item:
    """A task in one line. number, subject, status: of the ticket that it is, where the reader may see it.

    is_ticket: whether it is one, seen or not.
    """

    id: UUID
    text: str
    required: bool
    owner_id: UUID | None
    owner: str | None
    due_at: datetime | None
    done_at: datetime | None
    done_by: str | None
    is_ticket: bool
    number: int | None
    subject: str | None
    status: str | None

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def is_overdue(self, at: datetime) -> bool:
        """Whether it should be done by now and is not."""
        return not self.is_done and self.due_at is not None and self.due_at < at


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One checklist with its tasks in order."""

    id: UUID
    title: str
    items: list[Item] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(item.is_done for item in self.items)


@dataclass(frozen=True, slots=True)
class Due:
    """An open task with its ticket, as a list across tickets shows it."""

    item: Item
    number: int
    subject: str
    requester: str
    checklist: str


def checklists_on(ticket_id: UUID, *, agent: Agent) -> list[Listed]:
    """The checklists of a ticket that the agent may see; one query."""
    standing = FilteredRelation("tasks", condition=Q(tasks__removed_at=None))
    rows = Checklist.objects.standing().filter(ticket=ticket_id).annotate(task=standing)
    rows = rows.annotate(seen=_is_seen("task__other", agent)).order_by("id", "task__position", "task__id")
    found: dict[UUID, Listed] = {}
    for key, title, *columns in rows.values_list(
        "id", "title", *(f"task__{name}" for name in _COLUMNS), "seen"
    ):
        listed = found.setdefault(key, Listed(id=key, title=title))
        if columns[0]:
            listed.items.append(_item(columns))
    return list(found.values())


def task_seen(ticket: Ticket, task_id: UUID, *, agent: Agent) -> Item | None:
    """One task of this ticket."""
    rows = Task.objects.standing().filter(checklist__ticket=ticket.pk, pk=task_id)
    row = rows.annotate(seen=_is_seen("other", agent)).values_list(*_COLUMNS, "seen").first()
    return _item(list(row)) if row else None


def tasks_of(agent: Agent) -> list[Due]:
    """The open tasks of this agent on tickets that are still work, the first due first; one query."""
    return _due(_at_work(agent).filter(owner=agent), agent)


def tasks_of_team(team: Team, *, agent: Agent) -> list[Due]:
    """The same for whoever belongs to the team, and what is nobody's on the team's tickets; one query."""
    members = Agent.objects.filter(teams=team).order_by().values("pk")
    nobodys = Q(owner=None, checklist__ticket__team=team)
    return _due(_at_work(agent).filter(Q(owner__in=members) | nobodys), agent)


def due_task(ticket: Ticket, task_id: UUID, *, agent: Agent) -> Due | None:
    """One task of this ticket as those lists show it, open or done."""
    found = Task.objects.visible_to(agent).standing().filter(checklist__ticket=ticket.pk, pk=task_id)
    return next(iter(_due(found, agent)), None)


def in_groups(dues: Sequence[Due], *, at: datetime, zone: str) -> list[tuple[str, list[Due]]]:
    """Under headings: what is late, what the day brings, what comes later, and what has no date."""
    found: dict[str, list[Due]] = {}
    today = at.astimezone(ZoneInfo(zone)).date()
    for due in dues:
        moment = due.item.due_at
        if moment is None:
            words = _("Without a date")
        elif moment < at:
            words = _("Overdue")
        else:
            words = _("Today") if moment.astimezone(ZoneInfo(zone)).date() == today else _("Later")
        found.setdefault(words, []).append(due)
    return list(found.items())


def count_of(agent: Agent) -> int:
    """How many tasks of this agent are open, counted up to COUNTED."""
    found: int = _at_work(agent).filter(owner=agent)[:COUNTED].count()
    return found


def templates_for(agent: Agent) -> "QuerySet[ChecklistTemplate]":
    """What this agent can put on a ticket, by name."""
    return ChecklistTemplate.objects.visible_to(agent).in_use().order_by("name")


def _at_work(agent: Agent) -> Any:
    live = Task.objects.visible_to(agent).open()
    return live.filter(checklist__ticket__status__in=Ticket.LIVE)


def _due(tasks: Any, agent: Agent) -> list[Due]:
    rows = tasks.annotate(seen=_is_seen("other", agent)).order_by(F("due_at").asc(nulls_last=True), "id")
    columns = rows.values_list(*_TICKET, *_COLUMNS, "seen")[:SHOWN]
    return [Due(_item(list(row[4:])), *row[:4]) for row in columns]


def _is_seen(column: str, agent: Agent) -> Exists:
    """Whether the agent may see the ticket that a task is."""
    return Exists(Ticket.objects.visible_to(agent).filter(pk=OuterRef(column)))


def _item(columns: list[Any]) -> Item:
    *plain, other, number, subject, status, seen = columns
    shown = (number, subject, status) if seen else (None, None, None)
    return Item(*(*plain, other is not None, *shown))


_TICKET = (
    "checklist__ticket__number",
    "checklist__ticket__subject",
    "checklist__ticket__requester__name",
    "checklist__title",
)
#: In the order of an Item, with the id of the other ticket in between.
_COLUMNS = (
    "id",
    "text",
    "required",
    "owner_id",
    "owner__name",
    "due_at",
    "done_at",
    "done_by__name",
    "other_id",
    "other__number",
    "other__subject",
    "other__status",
)

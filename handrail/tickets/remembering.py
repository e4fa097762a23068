"""How a ticket stood at any moment, told from its facts alone: they are never changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from handrail.events import Fact
from handrail.events.queries import facts_about
from handrail.tickets import events
from handrail.tickets.checklists.remembering import RememberedTask, tasks_then
from handrail.tickets.models import Ticket


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """A ticket at a moment. stage: the key of an admin's status; empty for the category's own.

    heard, answered, noted: how many messages had been written on it. fields: values of custom fields by key.
    tasks: those of all its checklists, in no order that counts.
    """

    number: int
    subject: str
    channel: str
    requester_id: UUID
    team_id: UUID | None
    owner_id: UUID | None = None
    status: str = Ticket.Status.NEW.value
    stage: str = ""
    priority: int = int(Ticket.Priority.NORMAL)
    tags: frozenset[str] = frozenset()
    fields: dict[str, Any] = field(default_factory=dict)
    due_at: datetime | None = None
    tasks: tuple[RememberedTask, ...] = ()
    heard: int = 0
    answered: int = 0
    noted: int = 0


def remembered(ticket_id: UUID, *, at: datetime | None = None) -> Remembered | None:
    """The ticket as it stood then, or as it stands when None; None before it was opened."""
    facts = facts_about(ticket_id)
    return as_told(fact for fact in facts if at is None or fact.at <= at)


def as_told(facts: Iterable[Fact]) -> Remembered | None:
    """What these facts, in the order in which they were written, make of a ticket."""
    state: Remembered | None = None
    for fact in facts:
        if isinstance(fact, events.TicketOpened):
            state = _opened(fact)
        elif state is not None:
            state = _then(state, fact)
    return state


def _opened(fact: events.TicketOpened) -> Remembered:
    return Remembered(
        number=fact.number,
        subject=fact.subject,
        channel=fact.channel,
        requester_id=fact.requester_id,
        team_id=fact.team_id,
    )


def _then(state: Remembered, fact: Fact) -> Remembered:
    match fact:
        case events.StatusChanged():
            return replace(state, status=fact.now, stage=fact.now_stage)
        case events.StatusSet():
            return replace(state, stage="" if fact.now == state.status else fact.now)
        case events.TicketAssigned():
            return replace(state, owner_id=fact.to_agent_id)
        case events.TicketMoved():
            return replace(state, team_id=fact.to_team_id)
        case events.PriorityChanged():
            return replace(state, priority=fact.now)
        case events.SubjectChanged():
            return replace(state, subject=fact.now)
        case events.AnsweringChannelChanged():
            return replace(state, channel=fact.now)
        case events.TicketTagged():
            return replace(state, tags=state.tags | {fact.tag})
        case events.TicketUntagged():
            return replace(state, tags=state.tags - {fact.tag})
        case events.FieldChanged():
            return replace(state, fields=_with(state.fields, fact.field, fact.now))
        case events.TicketDueChanged():
            return replace(state, due_at=fact.now)
        case events.ChecklistFact() | events.TaskFact():
            return replace(state, tasks=tasks_then(state.tasks, fact))
        case _:
            return _said(state, fact)


def _said(state: Remembered, fact: Fact) -> Remembered:
    match fact:
        case events.MessageReceived():
            return replace(state, heard=state.heard + 1)
        case events.ReplyWritten():
            return replace(state, answered=state.answered + 1)
        case events.ReplyWithdrawn():
            return replace(state, answered=state.answered - 1)
        case events.NoteWritten():
            return replace(state, noted=state.noted + 1)
        case _:
            return state


def _with(fields: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    """An empty value is none."""
    others = {name: known for name, known in fields.items() if name != key}
    return others if value is None else {**others, key: value}

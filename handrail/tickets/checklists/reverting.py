"""How changes of checklists, tasks and due dates are put back, one by one."""

from datetime import datetime
from typing import Any

from handrail.team.models import Agent
from handrail.tickets import events, policies
from handrail.tickets.checklists import making, putting, ticking, writing
from handrail.tickets.models import Checklist, Task, Ticket
from handrail.tickets.undoing import WAYS, Gone, Superseded, Way


def register() -> None:
    """Let these changes be put back like every other."""
    WAYS.update(_WAYS)


def _list_of(ticket: Ticket, fact: Any) -> Checklist:
    """Raises Superseded when it lies elsewhere by now."""
    found = ticket.checklists.filter(pk=fact.checklist_id).first()
    if found is None:
        raise Superseded
    return found


def _task_of(ticket: Ticket, fact: Any) -> Task:
    rows = Task.objects.filter(checklist__ticket=ticket.pk, pk=fact.task_id)
    found = rows.select_related("checklist__ticket").first()
    if found is None:
        raise Superseded
    return found


def _lists_standing(ticket: Ticket, fact: Any) -> bool:
    return ticket.checklists.standing().filter(pk=fact.checklist_id).exists()


def _is(ticket: Ticket, fact: Any, **columns: Any) -> bool:
    """Whether the task is on this ticket, not removed, and so."""
    rows = Task.objects.standing().filter(checklist__ticket=ticket.pk, pk=fact.task_id)
    return rows.filter(**columns).exists()


def _was_removed(ticket: Ticket, fact: Any) -> bool:
    rows = Task.objects.filter(checklist__ticket=ticket.pk, checklist__removed_at=None, pk=fact.task_id)
    return rows.filter(removed_at__isnull=False).exists()


def _give_back(ticket: Ticket, fact: events.TaskGiven, by: Agent, at: datetime) -> None:
    before = fact.from_agent_id
    owner = Agent.objects.filter(pk=before, user__is_active=True).first() if before else None
    if before and owner is None:
        raise Gone
    try:
        writing.give(_task_of(ticket, fact), owner, by=by, at=at)
    except writing.CannotSee:
        raise Gone from None


def _untitle(ticket: Ticket, fact: events.ChecklistRenamed, by: Agent, at: datetime) -> None:
    putting.rename(_list_of(ticket, fact), fact.was, by=by, at=at)


_WAYS: dict[type[Any], Way] = {
    events.TicketDueChanged: Way(
        policy=policies.may_change,
        stands=lambda ticket, fact: ticket.due_at == fact.now,
        back=lambda ticket, fact, by, at: ticket.fall_due(fact.was, by=by, at=at),
    ),
    events.ChecklistAdded: Way(
        policy=policies.may_change,
        stands=_lists_standing,
        back=lambda ticket, fact, by, at: putting.remove(_list_of(ticket, fact), by=by, at=at),
    ),
    events.ChecklistRenamed: Way(
        policy=policies.may_change,
        stands=lambda ticket, fact: (
            ticket.checklists.standing().filter(pk=fact.checklist_id, title=fact.title).exists()
        ),
        back=_untitle,
    ),
    events.ChecklistRemoved: Way(
        policy=policies.may_change,
        stands=lambda ticket, fact: not _lists_standing(ticket, fact),
        back=lambda ticket, fact, by, at: putting.put_back(_list_of(ticket, fact), by=by, at=at),
    ),
    events.TaskAdded: Way(
        policy=policies.may_change,
        stands=_is,
        back=lambda ticket, fact, by, at: writing.remove(_task_of(ticket, fact), by=by, at=at),
    ),
    events.TaskReworded: Way(
        policy=policies.may_change,
        stands=lambda ticket, fact: _is(ticket, fact, text=fact.text),
        back=lambda ticket, fact, by, at: writing.reword(_task_of(ticket, fact), fact.was, by=by, at=at),
    ),
    events.TaskRemoved: Way(
        policy=policies.may_change,
        stands=_was_removed,
        back=lambda ticket, fact, by, at: writing.put_back(_task_of(ticket, fact), by=by, at=at),
    ),
    events.TaskTicked: Way(
        policy=policies.may_change,
        stands=lambda ticket, fact: _is(ticket, fact, done_at__isnull=False, other=None),
        back=lambda ticket, fact, by, at: ticking.untick(_task_of(ticket, fact), by=by, at=at),
    ),
    events.TaskUnticked: Way(
        policy=policies.may_change,
        stands=lambda ticket, fact: _is(ticket, fact, done_at=None, other=None),
        back=lambda ticket, fact, by, at: ticking.tick(_task_of(ticket, fact), by=by, at=at),
    ),
    events.TaskGiven: Way(
        policy=policies.may_change,
        stands=lambda ticket, fact: _is(ticket, fact, owner=fact.to_agent_id),
        back=_give_back,
    ),
    events.TaskDueChanged: Way(
        policy=policies.may_change,
        stands=lambda ticket, fact: _is(ticket, fact, due_at=fact.now),
        back=lambda ticket, fact, by, at: writing.fall_due(_task_of(ticket, fact), fact.was, by=by, at=at),
    ),
    events.TaskRequiredChanged: Way(
        policy=policies.may_change,
        stands=lambda ticket, fact: _is(ticket, fact, required=fact.required),
        back=lambda ticket, fact, by, at: writing.demand(
            _task_of(ticket, fact), required=not fact.required, by=by, at=at
        ),
    ),
    events.TaskMadeTicket: Way(
        policy=policies.may_link,
        stands=lambda ticket, fact: _is(ticket, fact, other=fact.other_id),
        back=lambda ticket, fact, by, at: making.take_back(_task_of(ticket, fact), by=by, at=at),
    ),
}

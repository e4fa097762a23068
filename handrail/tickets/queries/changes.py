"""What changed on a ticket, one change a line with what it was and what it is; and the ticket at a moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handrail.customers.models import Person
from handrail.events import Fact
from handrail.events.facts import fact_from
from handrail.events.models import FactRow
from handrail.team.queries import names_of
from handrail.tickets import events, stages, undoing
from handrail.tickets.checklists.words import was_and_now
from handrail.tickets.models import Ticket
from handrail.tickets.queries.links import WORDS
from handrail.tickets.remembering import Remembered, remembered
from handrail.tickets.timing.words import time_was_and_now

#: So many of the newest changes are shown.
SHOWN = 300
_LABELS: dict[type[Fact], str | Promise] = {
    events.StatusChanged: _("Status"),
    events.TicketAssigned: _("Owner"),
    events.TicketMoved: _("Team"),
    events.PriorityChanged: _("Priority"),
    events.TicketTagged: _("Tag"),
    events.TicketUntagged: _("Tag"),
    events.SubjectChanged: _("Subject"),
    events.AnsweringChannelChanged: _("Answered by"),
    events.TicketUnlinked: _("Link"),
    events.TimeEntered: _("Time spent"),
    events.TimeChanged: _("Time spent"),
    events.TimeRemoved: _("Time spent"),
    events.TicketDueChanged: _("Due date"),
    events.ChecklistAdded: _("Checklist"),
    events.ChecklistRenamed: _("Checklist"),
    events.ChecklistRemoved: _("Checklist"),
    events.TaskAdded: _("Task"),
    events.TaskReworded: _("Task"),
    events.TaskRemoved: _("Task"),
    events.TaskTicked: _("Task"),
    events.TaskUnticked: _("Task"),
    events.TaskGiven: _("Task, who does it"),
    events.TaskDueChanged: _("Task, due"),
    events.TaskRequiredChanged: _("Task, required"),
    events.TaskMadeTicket: _("Task"),
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """id: of the fact. stands: what it made of the ticket is still so, and can be put back."""

    id: int
    label: str
    was: str
    now: str
    who: str
    at: datetime
    stands: bool


@dataclass(frozen=True, kw_only=True)
class AsItWas:
    """A ticket at a moment, every name read."""

    state: Remembered
    status: str
    priority: str
    requester: str
    owner: str
    team: str


def changes_of(ticket: Ticket) -> list[Change]:
    """The newest first; three queries, and one for each change of a tag, a checklist or a task."""
    kinds = [kind.kind for kind in _LABELS]
    rows = FactRow.objects.filter(subject_id=ticket.pk, kind__in=kinds).order_by("-id")[:SHOWN]
    facts = [(row.pk, fact_from(row.kind, row.payload)) for row in rows]
    names = _names_in(fact for _id, fact in facts)
    return [_change(ticket, fact_id, fact, names) for fact_id, fact in facts]


def as_it_was(ticket: Ticket, *, at: datetime) -> AsItWas | None:
    """The ticket as it stood then, from its facts; None before it was opened."""
    state = remembered(ticket.pk, at=at)
    if state is None:
        return None
    names = names_of(
        {state.owner_id} if state.owner_id else set(), {state.team_id} if state.team_id else set()
    )
    person = Person.objects.filter(pk=state.requester_id).values_list("name", flat=True).first()
    return AsItWas(
        state=state,
        status=stages.stages().words_of(state.stage or state.status),
        priority=str(Ticket.Priority(state.priority).label),
        requester=person or "",
        owner=_name(names, state.owner_id),
        team=_name(names, state.team_id),
    )


def _change(ticket: Ticket, fact_id: int, fact: Any, names: Mapping[UUID, str]) -> Change:
    was, now = _values(fact, names)
    return Change(
        id=fact_id,
        label=str(_LABELS[type(fact)]),
        was=was,
        now=now,
        who=_name(names, getattr(fact, "by_agent_id", None)),
        at=fact.at,
        stands=undoing.stands(ticket, fact),
    )


def _values(fact: Any, names: Mapping[UUID, str]) -> tuple[str, str]:
    match fact:
        case events.StatusChanged():
            words = stages.stages().words_of
            return words(fact.was_stage or fact.was), words(fact.now_stage or fact.now)
        case events.TicketAssigned():
            return _name(names, fact.from_agent_id), _name(names, fact.to_agent_id)
        case events.TicketMoved():
            return _name(names, fact.from_team_id), _name(names, fact.to_team_id)
        case events.PriorityChanged():
            return str(Ticket.Priority(fact.was).label), str(Ticket.Priority(fact.now).label)
        case events.TicketTagged():
            return "", fact.tag
        case events.TicketUntagged():
            return fact.tag, ""
        case events.TicketUnlinked():
            return f"{WORDS[fact.way]} #{fact.other_number}", ""
        case events.TaskGiven():
            who = _name(names, fact.from_agent_id), _name(names, fact.to_agent_id)
            return was_and_now(fact, *who)
        case events.TimeFact():
            return time_was_and_now(fact)
        case events.TicketDueChanged() | events.ChecklistFact() | events.TaskFact():
            return was_and_now(fact)
        case _:
            return fact.was, fact.now


def _names_in(facts: Iterable[Any]) -> dict[UUID, str]:
    known = list(facts)
    agents = _ids(known, "by_agent_id", "from_agent_id", "to_agent_id")
    return names_of(agents, _ids(known, "from_team_id", "to_team_id"))


def _ids(facts: Iterable[Any], *names: str) -> set[UUID]:
    found = (getattr(fact, name, None) for fact in facts for name in names)
    return {each for each in found if each}


def _name(names: Mapping[UUID, str], key: UUID | None) -> str:
    return names.get(key, "?") if key else ""

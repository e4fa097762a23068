"""Putting one change of a ticket back, as its history tells it; unless something newer stands on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from handrail.events import Fact
from handrail.events.facts import fact_from
from handrail.events.models import FactRow
from handrail.team.models import Agent, Team
from handrail.tickets import events, linking, policies, stages
from handrail.tickets.models import Tagging, Ticket
from handrail.tickets.taking_over import bring_to_team


class NotRevertable(Exception):
    """Nothing of that kind can be put back, or there is no such change of this ticket."""


class Superseded(Exception):
    """Something newer stands: what the change made of it is not so any more."""


class Gone(Exception):
    """What was there before is no more: a colleague who left, a team that was closed."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """How a kind of change is put back. stands: whether what it made of the ticket is still so."""

    policy: Callable[[Agent], bool]
    stands: Callable[[Ticket, Any], bool]
    back: Callable[[Ticket, Any, Agent, datetime], None]


@transaction.atomic
def revert(ticket: Ticket, change_id: int, *, by: Agent, at: datetime) -> Fact:
    """Put back what this change made of the ticket; returns the change.

    The way back is a change as well, and can be put back like every other. Raises NotRevertable, Superseded,
    Gone, WentInto, and what the ticket's verbs raise.
    """
    row = FactRow.objects.filter(pk=change_id, subject_id=ticket.pk).first()
    fact = fact_from(row.kind, row.payload) if row else None
    way = WAYS.get(type(fact)) if fact else None
    if fact is None or way is None or not is_revertable(fact):
        raise NotRevertable
    policies.demand(way.policy, by)
    ticket.lock()
    ticket.mind_the_merge()
    if not way.stands(ticket, fact):
        raise Superseded
    way.back(ticket, fact, by, at)
    return fact


def is_revertable(fact: Fact) -> bool:
    """A merge has its own way back."""
    if isinstance(fact, events.StatusChanged):
        return "merged" not in (fact.was, fact.now)
    return type(fact) in WAYS


def stands(ticket: Ticket, fact: Fact) -> bool:
    """Whether what the change made of the ticket is still so."""
    return is_revertable(fact) and WAYS[type(fact)].stands(ticket, fact)


def _reassign(ticket: Ticket, fact: events.TicketAssigned, by: Agent, at: datetime) -> None:
    before = fact.from_agent_id
    owner = Agent.objects.filter(pk=before, user__is_active=True).first() if before else None
    if before and owner is None:
        raise Gone
    ticket.assign(owner, by=by, at=at)


def _move_back(ticket: Ticket, fact: events.TicketMoved, by: Agent, at: datetime) -> None:
    before = fact.from_team_id
    if before and not Team.objects.filter(pk=before, brand=ticket.brand_id).exists():
        raise Gone
    bring_to_team(ticket, str(before) if before else None, by, at)


def _stands_in(ticket: Ticket, fact: events.StatusChanged) -> bool:
    now = stages.stages().of(ticket.status, ticket.stage_id)
    return now.key == (fact.now_stage or fact.now)


def _turn_back(ticket: Ticket, fact: events.StatusChanged, by: Agent, at: datetime) -> None:
    """New is what nobody has looked at yet: no one moves a ticket there but to put it back."""
    key = fact.was_stage or fact.was
    if key != Ticket.Status.NEW:
        ticket.set_status(key, by=by, reason=_reason_before(ticket, fact), at=at)
        return
    ticket.mind_move(Ticket.Status.NEW, by=by)
    ticket.turn(Ticket.Status.NEW, at=at)


def _reason_before(ticket: Ticket, fact: events.StatusChanged) -> str:
    """Why it had been on hold or done before the change."""
    kinds = {"hold": events.TicketHeld, "solved": events.TicketSolved, "closed": events.TicketClosed}
    if fact.was not in kinds:
        return ""
    rows = FactRow.objects.filter(subject_id=ticket.pk, kind=kinds[fact.was].kind, at__lte=fact.at)
    told = rows.order_by("-id").values_list("payload__reason", flat=True).first()
    return str(told or "")


def _carries(ticket: Ticket, tag: str) -> bool:
    return Tagging.objects.filter(ticket=ticket.pk, tag__name=tag).exists()


def _link_again(ticket: Ticket, fact: events.TicketUnlinked, by: Agent, at: datetime) -> None:
    other = Ticket.objects.visible_to(by).filter(pk=fact.other_id).first()
    if other is None:
        raise Gone
    linking.link(ticket, other, way=fact.way, by=by, at=at)


def _id_of(value: UUID | None) -> str:
    return str(value or "")


WAYS: dict[type[Fact], Way] = {
    events.TicketAssigned: Way(
        policy=policies.may_assign,
        stands=lambda ticket, fact: _id_of(ticket.owner_id) == _id_of(fact.to_agent_id),
        back=_reassign,
    ),
    events.TicketMoved: Way(
        policy=policies.may_assign,
        stands=lambda ticket, fact: _id_of(ticket.team_id) == _id_of(fact.to_team_id),
        back=_move_back,
    ),
    events.PriorityChanged: Way(
        policy=policies.may_change,
        stands=lambda ticket, fact: ticket.priority == fact.now,
        back=lambda ticket, fact, by, at: ticket.prioritise(Ticket.Priority(fact.was), by=by, at=at),
    ),
    events.StatusChanged: Way(policy=policies.may_close, stands=_stands_in, back=_turn_back),
    events.TicketTagged: Way(
        policy=policies.may_change,
        stands=lambda ticket, fact: _carries(ticket, fact.tag),
        back=lambda ticket, fact, by, at: ticket.untag(fact.tag, by=by, at=at),
    ),
    events.TicketUntagged: Way(
        policy=policies.may_change,
        stands=lambda ticket, fact: not _carries(ticket, fact.tag),
        back=lambda ticket, fact, by, at: ticket.tag(fact.tag, by=by, at=at),
    ),
    events.SubjectChanged: Way(
        policy=policies.may_change,
        stands=lambda ticket, fact: ticket.subject == fact.now,
        back=lambda ticket, fact, by, at: ticket.rename(fact.was, by=by, at=at),
    ),
    events.AnsweringChannelChanged: Way(
        policy=policies.may_change,
        stands=lambda ticket, fact: ticket.channel == fact.now,
        back=lambda ticket, fact, by, at: ticket.answer_by(fact.was, by=by, at=at),
    ),
    events.TicketUnlinked: Way(
        policy=policies.may_link,
        stands=lambda ticket, fact: True,
        back=_link_again,
    ),
}

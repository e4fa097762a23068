"""Solving many tickets in one go, each with an answer of its own: all duplicates, all children."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.leaving import MustStay
from handrail.tickets.models import Ticket

#: So many are solved at once.
AT_ONCE = 100


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one ticket gets. mode: reply | note. key: the same key again changes nothing more.

    seen: the newest message the writer had seen.
    """

    ticket: Ticket
    mode: str
    text: str
    key: UUID
    seen: UUID | None


#: What stands in the way of one of them, and of no other.
TROUBLES = (
    Ticket.AlreadyClosed,
    Ticket.NewerMessage,
    Ticket.NeedsReview,
    Ticket.WentInto,
    Ticket.MoveForbidden,
    MustStay,
)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of it. trouble: why nothing was done; None when it is solved."""

    number: int
    trouble: Exception | None


def solve_each(
    answers: Sequence[Answer], *, by: Agent, reason: str, undo: timedelta, at: datetime
) -> list[Outcome]:
    """Answer and solve each by itself: where one cannot, the others still are."""
    for policy in (policies.may_reply, policies.may_close):
        policies.demand(policy, by)
    return [_solve(answer, by=by, reason=reason, undo=undo, at=at) for answer in answers[:AT_ONCE]]


def _solve(answer: Answer, *, by: Agent, reason: str, undo: timedelta, at: datetime) -> Outcome:
    ticket = answer.ticket
    try:
        with transaction.atomic():
            ticket.lock()
            ticket.mind_the_merge()
            if answer.mode == "reply":
                ticket.reply(text=answer.text, by=by, key=answer.key, seen=answer.seen, undo=undo, at=at)
            elif answer.text:
                ticket.note(text=answer.text, by=by, key=answer.key, at=at)
            ticket.solve(by=by, reason=reason, at=at)
    except TROUBLES as trouble:
        return Outcome(number=ticket.number, trouble=trouble)
    return Outcome(number=ticket.number, trouble=None)

"""Answers that wait to be read before they leave, as their readers see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from handrail.kit.differing import Piece, difference
from handrail.team.models import Agent
from handrail.tickets.models import Message, Review, SharedDraft, Ticket
from handrail.tickets.models.message import snippet_of

#: So many stand on the page, and so far is counted.
SHOWN = 100


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One answer that waits."""

    id: UUID
    number: int
    subject: str
    writer: str
    begins: str
    asked_at: datetime


@dataclass(frozen=True, kw_only=True)
class Read:
    """Who has read an answer, and what they changed; pieces: empty when nothing."""

    by: str
    at: datetime
    pieces: list[Piece]


def waiting_for(agent: Agent) -> list[Waiting]:
    """Those on tickets this agent sees, others' only, the longest waiting first; one query."""
    return [
        Waiting(
            id=row.pk,
            number=row.ticket.number,
            subject=row.ticket.subject,
            writer=row.agent.name,
            begins=snippet_of(row.text),
            asked_at=row.asked_at,
        )
        for row in _waiting(agent).select_related("ticket", "agent")
        if row.asked_at
    ]


def count_for(agent: Agent) -> int:
    """How many of them there are."""
    return _waiting(agent).count()


def review_of(message: Message) -> Read | None:
    """Who has read this answer before it left; None when nobody had to."""
    review = Review.objects.select_related("by").filter(message=message).first()
    if review is None:
        return None
    pieces = difference(review.text, message.text) if review.text else []
    return Read(by=review.by.name, at=review.at, pieces=pieces)


def _waiting(agent: Agent) -> "QuerySet[SharedDraft]":
    rows = SharedDraft.objects.filter(asked_at__isnull=False).exclude(agent=agent.pk)
    seen = Ticket.objects.visible_to(agent)
    return rows.filter(ticket__in=seen).order_by("asked_at")[:SHOWN]

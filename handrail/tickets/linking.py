"""Saying what one ticket has to do with another, and taking that back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from handrail.team.models import Agent
from handrail.tickets import circles, policies
from handrail.tickets.events import TicketLinked, TicketUnlinked
from handrail.tickets.models import Link, Ticket

Kind = Link.Kind
#: How a link reads from one of its ends: its kind, and whether that end is the source.
WAYS: dict[str, tuple[Kind, bool]] = {
    "related": (Kind.RELATED, True),
    "parent-of": (Kind.PARENT, True),
    "child-of": (Kind.PARENT, False),
    "blocks": (Kind.BLOCKS, True),
    "blocked-by": (Kind.BLOCKS, False),
    "duplicate-of": (Kind.DUPLICATE, True),
    "duplicated-by": (Kind.DUPLICATE, False),
}


class ToItself(Exception):
    """Both are the same ticket."""


@transaction.atomic
def link(ticket: Ticket, other: Ticket, *, way: str, by: Agent, at: datetime) -> Link:
    """Tie two tickets; the same again changes nothing. way: one of WAYS, seen from `ticket`.

    Raises DoesNotExist for what `by` may not see, ToItself, circles.Circular.
    """
    policies.demand(policies.may_link, by)
    seen = Ticket.objects.visible_to(by).in_bulk([ticket.pk, other.pk])
    if not {ticket.pk, other.pk} <= seen.keys():
        raise Ticket.DoesNotExist
    return tie(seen[ticket.pk].survivor(), seen[other.pk].survivor(), way=way, by=by, at=at)


def tie(ticket: Ticket, other: Ticket, *, way: str, by: Agent | None, at: datetime) -> Link:
    """The same without asking who may."""
    if ticket.pk == other.pk:
        raise ToItself
    kind, is_source = WAYS[way]
    source, target = (ticket, other) if is_source else (other, ticket)
    circles.mind_linking(source, target, kind)
    tied, is_new = Link.tie(kind=kind, source_id=source.pk, target_id=target.pk, by=by, at=at)
    if is_new:
        _tell(TicketLinked, ticket, other, way, by=by, at=at)
    return tied


@transaction.atomic
def unlink(ticket: Ticket, link_id: UUID, *, by: Agent, at: datetime) -> tuple[str, Ticket]:
    """Take a link of this ticket away; returns the way and the other one, so that it can be tied again.

    Raises DoesNotExist when there is none, or `by` may not see the other ticket.
    """
    policies.demand(policies.may_link, by)
    link = Link.objects.select_related("source", "target").select_for_update(of=("self",)).get(pk=link_id)
    ends = [link.source.survivor(), link.target.survivor()]
    if ticket.survivor() not in ends:
        raise Link.DoesNotExist
    other = ends[1] if ends[0] == ticket.survivor() else ends[0]
    if not Ticket.objects.visible_to(by).filter(pk=other.pk).exists():
        raise Link.DoesNotExist
    way = way_of(link.kind, is_source=ends[1] == other)
    link.delete()
    _tell(TicketUnlinked, ticket, other, way, by=by, at=at)
    return way, other


def way_of(kind: str, *, is_source: bool) -> str:
    """How a link of this kind reads from its source, or from its target."""
    return next(way for way, known in WAYS.items() if known == (kind, is_source or kind == Kind.RELATED))


def opposite(way: str) -> str:
    """How the same link reads from the other end."""
    kind, is_source = WAYS[way]
    return way_of(kind, is_source=not is_source)


def _tell(
    fact: type[TicketLinked] | type[TicketUnlinked],
    ticket: Ticket,
    other: Ticket,
    way: str,
    *,
    by: Agent | None,
    at: datetime,
) -> None:
    who: dict[str, Any] = {"by_agent_id": by.pk if by else None, "at": at}
    ticket.tell(fact(ticket_id=ticket.pk, way=way, other_id=other.pk, other_number=other.number, **who))
    back = opposite(way)
    other.tell(fact(ticket_id=other.pk, way=back, other_id=ticket.pk, other_number=ticket.number, **who))

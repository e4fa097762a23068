"""Merging: many tickets become one, and every merge can be taken back, whatever came since.

A message always knows the ticket it was written to. Where it lies follows from the merges that stand, so
nothing has to be remembered about messages, and none can be lost or doubled.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from handrail.kit import ids
from handrail.team.models import Agent
from handrail.tickets import circles, handing_over, policies, taking_over
from handrail.tickets.checklists import carrying
from handrail.tickets.events import (
    MergeUndone,
    MessagesMoved,
    TicketGaveBack,
    TicketMerged,
    TicketTookIn,
)
from handrail.tickets.models import Merge, Message, Split, Ticket
from handrail.tickets.restoring import (
    Stance,
    moment_of,
    read_again,
    same,
    stance_of,
    stand_again,
    with_wait,
)
from handrail.tickets.timing import carrying as timing

#: So many tickets are merged at once.
AT_ONCE = 50
#: So often others may be faster before somebody is told to try again.
ATTEMPTS = 5


@dataclass(frozen=True, kw_only=True)
class Choices:
    """columns: which value is taken over from which ticket. seats: who of the others takes part then."""

    columns: Mapping[str, UUID] = field(default_factory=dict)
    seats: Collection[str] = ()


class OneAlready(Exception):
    """They are one ticket: somebody was faster, or the same one was named twice."""


class OtherBrand(Exception):
    """Tickets of two brands stay two."""


class WentOn(Exception):
    """The survivor was merged itself, into number args[0]: that is taken back first."""


class PartOfIt(Exception):
    """The ticket had been split off, and that was taken back: it is split off again, not taken out."""


class UndoneAlready(Exception):
    """Somebody was faster and took the merge back."""


class _Moved(Exception):
    """One of them was merged between looking and holding."""


@transaction.atomic
def merge(
    tickets: Iterable[Ticket], *, into: Ticket, by: Agent, at: datetime, choices: Choices | None = None
) -> list[Merge]:
    """Put the messages of all these tickets, their drafts and checklists, on one of them.

    Tickets that were merged before stand for the one they went into. Raises DoesNotExist for one that `by`
    may not see, OneAlready, OtherBrand, Circular.
    """
    policies.demand(policies.may_merge, by)
    given = [*tickets, into]
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _merge(given, into=into, choices=choices or Choices(), by=by, at=at)
        except _Moved:
            continue
    raise OneAlready


@transaction.atomic
def undo(merge: Merge, *, by: Agent, at: datetime) -> Ticket:
    """Take a merge back; returns the ticket that stands by itself again.

    What was written to it since goes with it; answers stay where their author wrote them. Raises WentOn,
    PartOfIt, UndoneAlready, DoesNotExist for what `by` may not see.
    """
    policies.demand(policies.may_merge, by)
    held = hold({merge.merged_id, merge.survivor_id}, by=by)
    merged, survivor = held[merge.merged_id], held[merge.survivor_id]
    merge.refresh_from_db()
    if merge.undone_at:
        raise UndoneAlready
    if Split.objects.filter(part=merged, undone_at__isnull=False).exists():
        raise PartOfIt
    if survivor.merged_into_id:
        raise WentOn(survivor.survivor().number)
    _bring_home(merged, survivor, at=at)
    stand_again(merged, merge.was, merged_into_id=None, at=at)
    handing_over.bring_back(merge.drafts, merged=merged, survivor=survivor)
    carrying.bring_home(merged, survivor, at=at)
    timing.bring_home(merged, survivor, at=at)
    taking_over.give_back(merge, survivor, by=by, at=at)
    _wind_back(merge, survivor, at=at)
    merge.end(by=by, at=at)
    for each in (merged, survivor):
        read_again(each, at=at)
        _mind_what_came(each, since=merge.pk, at=at)
    _tell_undone(merged, survivor, by=by, at=at)
    return merged


@transaction.atomic
def undo_batch(batch: UUID, *, by: Agent, at: datetime) -> list[Ticket]:
    """Take back all that was merged at once. Raises as undo; UndoneAlready when none is left."""
    merges = list(Merge.objects.filter(batch=batch, undone_at=None).order_by("-id"))
    if not merges:
        raise UndoneAlready
    hold({ticket for each in merges for ticket in (each.merged_id, each.survivor_id)}, by=by)
    return [undo(each, by=by, at=at) for each in merges]


def hold(ticket_ids: Collection[UUID], *, by: Agent) -> dict[UUID, Ticket]:
    """The tickets, held until the transaction ends, always in the order of their ids. Raises DoesNotExist."""
    rows = Ticket.objects.visible_to(by).filter(pk__in=ticket_ids)
    held = {ticket.pk: ticket for ticket in rows.select_for_update().order_by("pk")}
    if len(held) != len(set(ticket_ids)):
        raise Ticket.DoesNotExist
    return held


def _merge(given: list[Ticket], *, into: Ticket, choices: Choices, by: Agent, at: datetime) -> list[Merge]:
    seen = Ticket.objects.visible_to(by).in_bulk([each.pk for each in given])
    if any(each.pk not in seen for each in given):
        raise Ticket.DoesNotExist
    survivor_id = seen[into.pk].survivor().pk
    others = {each.survivor().pk for each in seen.values()} - {survivor_id}
    if not others:
        raise OneAlready
    held = hold({survivor_id, *others}, by=by)
    if any(each.merged_into_id for each in held.values()):
        raise _Moved
    if len({each.brand_id for each in held.values()}) > 1:
        raise OtherBrand
    circles.mind_merging(list(held.values()))
    batch, survivor = ids.uuid7(), held[survivor_id]
    merged = sorted((held[each] for each in others), key=lambda each: each.number)
    return [_take_in(each, survivor, batch=batch, choices=choices, by=by, at=at) for each in merged]


def _take_in(
    merged: Ticket, survivor: Ticket, *, batch: UUID, choices: Choices, by: Agent, at: datetime
) -> Merge:
    was, before = stance_of(merged), stance_of(survivor)
    merge = Merge.objects.create(batch=batch, merged=merged, survivor=survivor, by=by, at=at, was=was)
    _send_on(merged, survivor, at=at)
    merged.turn(Ticket.Status.MERGED, at=at, stage_id=None, merged_into_id=survivor.pk)
    drafts = handing_over.take_along(merged, survivor)
    carrying.take_along(merged, survivor, at=at)
    timing.take_along(merged, survivor, at=at)
    wanted = [name for name, ticket_id in choices.columns.items() if ticket_id == merged.pk]
    columns = taking_over.take_columns(merged, survivor, wanted, by=by, at=at)
    tags = taking_over.take_tags(merged, survivor, by=by, at=at)
    seats = taking_over.take_seats(merged, survivor, choices.seats, by=by, at=at)
    waits = with_wait(stance_of(survivor), moment_of(was))
    stand_again(survivor, waits, at=at)
    read_again(survivor, at=at)
    after = stance_of(survivor)
    took = {"columns": columns, "tags": tags, "seats": seats, "before": before, "after": after}
    merge.keep(drafts=drafts, took=took)
    _tell_merged(merged, survivor, by=by, at=at)
    return merge


def _send_on(merged: Ticket, survivor: Ticket, *, at: datetime) -> None:
    """All messages that lie on the merged ticket lie on the survivor; each remembers where it was sent."""
    rows = Message.objects.filter(ticket=merged.pk)
    moved = tuple(rows.order_by("id").values_list("pk", flat=True))
    rows.update(home_id=Coalesce(F("home_id"), F("ticket_id")), ticket_id=survivor.pk)
    survivor.tell(MessagesMoved(ticket_id=survivor.pk, from_ticket_id=merged.pk, message_ids=moved, at=at))


def _bring_home(merged: Ticket, survivor: Ticket, *, at: datetime) -> None:
    """Whatever was written to the merged ticket, or to one below it, lies on it again."""
    rows = Message.objects.filter(ticket=survivor.pk, home__in=merged.all_below())
    moved = tuple(rows.order_by("id").values_list("pk", flat=True))
    rows.update(ticket_id=merged.pk)
    Message.objects.filter(ticket=merged.pk, home=merged.pk).update(home_id=None)
    merged.tell(MessagesMoved(ticket_id=merged.pk, from_ticket_id=survivor.pk, message_ids=moved, at=at))


def _wind_back(merge: Merge, survivor: Ticket, *, at: datetime) -> None:
    """Let the survivor stand as if this merge had never been, unless something else happened since.

    Merges that came after it, one on the other, are laid on again without it.
    """
    later = list(Merge.standing_in(survivor.pk).filter(pk__gt=merge.pk))
    chain = [merge, *later]
    unbroken = all(
        same(one.took["after"], other.took["before"]) for one, other in zip(chain, later, strict=False)
    )
    if not unbroken or not same(chain[-1].took["after"], stance_of(survivor)):
        return
    stance: Stance = merge.took["before"]
    for each in later:
        after = with_wait(stance, moment_of(each.was))
        each.keep(took={**each.took, "before": stance, "after": after})
        stance = after
    stand_again(survivor, stance, at=at)


def _mind_what_came(ticket: Ticket, *, since: UUID, at: datetime) -> None:
    """They wait for a word on what was written after the merge, `since` it, and not answered here."""
    new = Message.objects.filter(ticket=ticket.pk, pk__gt=since).order_by("id")
    answer = new.filter(kind=Message.Kind.REPLY).last()
    heard = new.filter(kind=Message.Kind.CUSTOMER).exclude(automatic__in=Message.ROBOTS)
    first = (heard.filter(pk__gt=answer.pk) if answer else heard).first()
    if first:
        stand_again(ticket, with_wait(stance_of(ticket), first.at), at=at)


def _tell_merged(merged: Ticket, survivor: Ticket, *, by: Agent, at: datetime) -> None:
    into: dict[str, Any] = {"into_id": survivor.pk, "into_number": survivor.number}
    took: dict[str, Any] = {"merged_id": merged.pk, "merged_number": merged.number}
    merged.tell(TicketMerged(ticket_id=merged.pk, by_agent_id=by.pk, at=at, **into))
    survivor.tell(TicketTookIn(ticket_id=survivor.pk, by_agent_id=by.pk, at=at, **took))


def _tell_undone(merged: Ticket, survivor: Ticket, *, by: Agent, at: datetime) -> None:
    into: dict[str, Any] = {"into_id": survivor.pk, "into_number": survivor.number}
    gave: dict[str, Any] = {"merged_id": merged.pk, "merged_number": merged.number}
    merged.tell(MergeUndone(ticket_id=merged.pk, by_agent_id=by.pk, at=at, **into))
    survivor.tell(TicketGaveBack(ticket_id=survivor.pk, by_agent_id=by.pk, at=at, **gave))

"""What the survivor of a merge takes over from the others, and how it gives that back.

Each thing is kept as what it was before. When it was taken back by somebody else meanwhile it stays as it is;
when another merge stands on it, that one remembers the older value from then on.
"""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from handrail.fields.checking import NotFitting
from handrail.team.models import Agent, Team
from handrail.tickets.events import PeopleJoined, PeopleLeft, TicketMoved
from handrail.tickets.models import Merge, Participant, Tagging, Ticket

#: For each thing whether it was new there.
Pairs = list[list[Any]]
#: Stands before the key of a custom field.
FIELD = "field."


def take_tags(merged: Ticket, survivor: Ticket, *, by: Agent, at: datetime) -> Pairs:
    """The survivor carries these tags too."""
    there = set(_tags_of(survivor))
    names = _tags_of(merged)
    for name in names:
        survivor.tag(name, by=by, at=at)
    return [[name, name not in there] for name in names]


def take_seats(
    merged: Ticket, survivor: Ticket, addresses: Collection[str], *, by: Agent, at: datetime
) -> Pairs:
    """Those of the merged ticket's people who were chosen are in copy from now on; no others ever."""
    there = set(survivor.participants.values_list("address", flat=True))
    chosen = list(merged.participants.filter(address__in=list(addresses)).order_by("id"))
    new = [seat for seat in chosen if seat.address not in there]
    for seat in new:
        part = Participant.Part.COPIED
        Participant.joining(address=seat.address, name=seat.name, part=part, at=at).seat(survivor)
    if new:
        joined = tuple(seat.address for seat in new)
        survivor.tell(PeopleJoined(ticket_id=survivor.pk, by_agent_id=by.pk, addresses=joined, at=at))
    return [[seat.address, seat.address not in there] for seat in chosen]


def take_columns(
    merged: Ticket, survivor: Ticket, names: Iterable[str], *, by: Agent, at: datetime
) -> dict[str, list[Any]]:
    """The survivor has these values of the merged ticket: for each what it was, and what it is.

    names: of COLUMNS, or of custom fields. Raises NotFitting.
    """
    wanted, taken = set(names), {}
    for name in [*(each for each in COLUMNS if each in wanted), *sorted(filter(is_field, wanted))]:
        was, now = _value(survivor, name), _value(merged, name)
        if now is not None and was != now:
            _write(survivor, name, now, by=by, at=at)
            taken[name] = [was, now]
    return taken


def is_field(name: str) -> bool:
    """Whether this names a custom field: then its key stands behind the dot."""
    return name.startswith(FIELD)


def give_back(merge: Merge, survivor: Ticket, *, by: Agent, at: datetime) -> None:
    """Take from the survivor what it has of this merge alone."""
    others = list(Merge.standing_in(survivor.pk).exclude(pk=merge.pk))
    for tag in _only_from(merge, "tags", others):
        survivor.untag(tag, by=by, at=at)
    leaving = _only_from(merge, "seats", others)
    gone = survivor.participants.filter(address__in=leaving, part=Participant.Part.COPIED)
    if gone.delete()[0]:
        left = tuple(leaving)
        survivor.tell(PeopleLeft(ticket_id=survivor.pk, by_agent_id=by.pk, addresses=left, at=at))
    for name, (was, now) in merge.took["columns"].items():
        _put_back(survivor, name, was, now, others, by=by, at=at)


def _put_back(
    survivor: Ticket, name: str, was: Any, now: Any, others: list[Merge], *, by: Agent, at: datetime
) -> None:
    if _value(survivor, name) == now:
        with suppress(NotFitting):  # what the form of this moment would not take stays as it is
            _write(survivor, name, was, by=None if is_field(name) else by, at=at)
        return
    heir = next((each for each in others if each.took["columns"].get(name, [None])[0] == now), None)
    if heir:
        heir.took["columns"][name][0] = was
        heir.keep(took=heir.took)


def _only_from(merge: Merge, kind: str, others: list[Merge]) -> list[str]:
    """What was new with this merge and came with no other; where it did, that one brought it from now on."""
    alone = []
    for which, _new in (pair for pair in merge.took[kind] if pair[1]):
        heir = next((each for each in others if [which, False] in each.took[kind]), None)
        if heir is None:
            alone.append(which)
        else:
            heir.took[kind][heir.took[kind].index([which, False])][1] = True
            heir.keep(took=heir.took)
    return alone


def _tags_of(ticket: Ticket) -> list[str]:
    rows = Tagging.objects.filter(ticket=ticket.pk).order_by("tag__name")
    return list(rows.values_list("tag__name", flat=True))


def _write(ticket: Ticket, name: str, value: Any, *, by: Agent | None, at: datetime) -> None:
    if is_field(name):
        ticket.fill({name.removeprefix(FIELD): value}, by=by, at=at)
    elif by:
        COLUMNS[name](ticket, value, by, at)


def _value(ticket: Ticket, name: str) -> Any:
    """As JSON keeps it."""
    if is_field(name):
        return ticket.fields.get(name.removeprefix(FIELD))
    value = getattr(ticket, f"{name}_id" if name in ("owner", "team") else name)
    return str(value) if isinstance(value, UUID) else value


def _rename(ticket: Ticket, subject: str, by: Agent, at: datetime) -> None:
    ticket.rename(subject, by=by, at=at)


def _answer_by(ticket: Ticket, channel: str, by: Agent, at: datetime) -> None:
    ticket.answer_by(channel, by=by, at=at)


def _prioritise(ticket: Ticket, priority: int, by: Agent, at: datetime) -> None:
    ticket.prioritise(Ticket.Priority(priority), by=by, at=at)


def _assign(ticket: Ticket, owner_id: str | None, by: Agent, at: datetime) -> None:
    ticket.assign(Agent.objects.get(pk=owner_id) if owner_id else None, by=by, at=at)


def bring_to_team(ticket: Ticket, team_id: str | None, by: Agent, at: datetime) -> None:
    """Its owner stays: who owns it is chosen apart."""
    was, now = ticket.team_id, UUID(team_id) if team_id else None
    if now and not Team.objects.filter(pk=now, brand=ticket.brand_id).exists():
        raise Ticket.WrongTeam
    ticket.change(at=at, team_id=now)
    moved = {"by_agent_id": by.pk, "from_team_id": was, "to_team_id": now}
    ticket.tell(TicketMoved(ticket_id=ticket.pk, at=at, **moved))


#: What can be chosen, in the order in which it is written.
COLUMNS: dict[str, Callable[[Ticket, Any, Agent, datetime], None]] = {
    "subject": _rename,
    "team": bring_to_team,
    "owner": _assign,
    "priority": _prioritise,
    "channel": _answer_by,
}

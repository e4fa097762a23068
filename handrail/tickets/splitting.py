"""Splitting: messages and files of a ticket become a ticket of its own, linked with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from handrail.customers.models import Person
from handrail.events import publish
from handrail.kit.text import small_letters
from handrail.team.models import Agent, Team
from handrail.tickets import linking, merging, moving, policies
from handrail.tickets.events import MessagesMoved, SplitUndone, TicketOpened, TicketSplit
from handrail.tickets.models import Attachment, Message, Participant, Split, Ticket
from handrail.tickets.restoring import read_again


@dataclass(frozen=True, kw_only=True)
class Part:
    """What is split off. requester: (name, address) of who asks there; somebody who took part before.

    files: attachments whose messages stay: they are put on a note of the new ticket as well.
    """

    messages: Collection[UUID]
    files: Collection[UUID] = ()
    subject: str
    requester: tuple[str, str]
    team: Team | None


class NothingChosen(Exception):
    """Neither a message nor a file was named."""


class NothingLeft(Exception):
    """Every message would go: then nothing is split."""


@transaction.atomic
def split(ticket: Ticket, part: Part, *, by: Agent, at: datetime) -> Split:
    """Put the messages on a new ticket; returns the split.

    Mail to the old ticket's address still comes to the old one, answers to messages that went come to the
    new one. Nobody but its requester takes part in it. Raises WentInto, NothingChosen, NothingLeft,
    DoesNotExist.
    """
    policies.demand(policies.may_merge, by)
    origin = merging.hold({ticket.pk}, by=by)[ticket.pk]
    origin.mind_the_merge()
    messages = _chosen(origin, part.messages)
    files = _files(origin, part)
    if not messages and not files:
        raise NothingChosen
    new = _open(origin, messages, part, at=at)
    moved = [[str(each.pk), str(each.home_id) if each.home_id else None, each.standing] for each in messages]
    made = Split.objects.create(origin=origin, part=new, by=by, at=at, moved=moved)
    _move(messages, origin, new, at=at)
    if files:
        _note_with(files, origin, new, by=by, at=at)
    linking.tie(origin, new, way="related", by=by, at=at)
    for each in (origin, new):
        read_again(each, at=at)
        moving.wait_again(each, at=at)
    named: dict[str, Any] = {"part_id": new.pk, "part_number": new.number}
    counts: dict[str, Any] = {"messages": len(messages), "files": len(files)}
    origin.tell(TicketSplit(ticket_id=origin.pk, by_agent_id=by.pk, at=at, **named, **counts))
    return made


@transaction.atomic
def undo(split: Split, *, by: Agent, at: datetime) -> Ticket:
    """Put the part back; returns the ticket that has everything now.

    What was written on the part since goes with it, and mail to it follows. Raises UndoneAlready, WentOn
    when the part was merged into another ticket.
    """
    policies.demand(policies.may_merge, by)
    origin, part = split.origin.survivor(), split.part
    held = merging.hold({origin.pk, part.pk}, by=by)
    split.refresh_from_db()
    if split.undone_at:
        raise merging.UndoneAlready
    if held[part.pk].merged_into_id:
        raise merging.WentOn(held[part.pk].survivor().number)
    merging.merge([held[part.pk]], into=held[origin.pk], by=by, at=at)
    for message_id, home_id, standing in split.moved:
        _go_home(message_id, Ticket.objects.get(pk=home_id or split.origin_id), part, standing, at=at)
    Split.objects.filter(pk=split.pk).update(undone_by=by, undone_at=at)
    survivor: Ticket = Ticket.objects.get(pk=origin.pk)
    named: dict[str, Any] = {"part_id": part.pk, "part_number": part.number}
    survivor.tell(SplitUndone(ticket_id=survivor.pk, by_agent_id=by.pk, at=at, **named))
    return survivor


def _chosen(origin: Ticket, message_ids: Collection[UUID]) -> list[Message]:
    rows = Message.objects.filter(ticket=origin.pk)
    messages = list(rows.filter(pk__in=message_ids).select_related("person").order_by("id"))
    if len(messages) != len(set(message_ids)):
        raise Message.DoesNotExist
    if messages and not rows.exclude(pk__in=message_ids).exists():
        raise NothingLeft
    return messages


def _files(origin: Ticket, part: Part) -> list[Attachment]:
    """Those whose message stays; the files of a message that goes go with it."""
    rows = Attachment.objects.filter(message__ticket=origin.pk, pk__in=part.files)
    return list(rows.exclude(message__in=part.messages).select_related("stored").order_by("id"))


def _open(origin: Ticket, messages: Sequence[Message], part: Part, *, at: datetime) -> Ticket:
    name, address = part.requester
    requester = Person.at_address(
        address=address, name=name, brand=origin.brand, language=origin.language, at=at
    )
    heard = next((each for each in messages if each.kind == Message.Kind.CUSTOMER), None)
    new: Ticket = Ticket.objects.create(
        subject=part.subject.strip()[:500] or origin.subject,
        channel=heard.channel if heard else origin.channel,
        language=origin.language,
        brand=origin.brand,
        team=part.team,
        requester=requester,
        created_at=at,
        updated_at=at,
    )
    seat = Participant.joining(address=address, name=name, part=Participant.Part.REQUESTER, at=at)
    seat.seat(new)
    publish(TicketOpened.of(new, at=at))
    return new


def _move(messages: Sequence[Message], origin: Ticket, new: Ticket, *, at: datetime) -> None:
    """Who asks on the new ticket takes part there; everybody else does not, whatever they were before."""
    ids = tuple(each.pk for each in messages)
    rows = Message.objects.filter(pk__in=ids)
    rows.update(ticket_id=new.pk, home_id=None)
    asker = new.participants.values_list("address", flat=True).first() or ""
    for each in messages:
        if each.kind == Message.Kind.CUSTOMER:
            is_asker = small_letters(each.sender) == asker
            standing = Message.Standing.ON_TICKET if is_asker else Message.Standing.THIRD_PARTY
            rows.filter(pk=each.pk).update(standing=standing)
    new.tell(MessagesMoved(ticket_id=new.pk, from_ticket_id=origin.pk, message_ids=ids, at=at))


def _note_with(files: Sequence[Attachment], origin: Ticket, new: Ticket, *, by: Agent, at: datetime) -> None:
    text = _("Files of #%(number)s") % {"number": origin.number}
    new.note(text=text, by=by, files=[each.stored for each in files], at=at)


def _go_home(message_id: str, home: Ticket, part: Ticket, standing: str, *, at: datetime) -> None:
    """As before the split: on its ticket, or on the one that has the messages of that one now."""
    lies_on = home.survivor()
    known = home.pk if home.pk != lies_on.pk else None
    rows = Message.objects.filter(pk=message_id, home=part.pk)
    if rows.update(ticket_id=lies_on.pk, home_id=known, standing=standing):
        ids = (UUID(message_id),)
        lies_on.tell(MessagesMoved(ticket_id=lies_on.pk, from_ticket_id=part.pk, message_ids=ids, at=at))

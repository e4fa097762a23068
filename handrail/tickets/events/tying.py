"""Tickets that were merged, split or linked, and messages and people that moved between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from handrail.tickets.events.base import TicketFact


@dataclass(frozen=True, kw_only=True)
class MessageParted(TicketFact):
    """A message did not belong here and was put on another ticket."""

    message_id: UUID
    by_agent_id: UUID
    to_number: int


@dataclass(frozen=True, kw_only=True)
class MessageJoined(TicketFact):
    """A message that lay on another ticket was put here."""

    message_id: UUID
    by_agent_id: UUID
    from_number: int


@dataclass(frozen=True, kw_only=True)
class TicketMerged(TicketFact):
    """It went into another ticket, which has its messages from now on."""

    by_agent_id: UUID
    into_id: UUID
    into_number: int


@dataclass(frozen=True, kw_only=True)
class TicketTookIn(TicketFact):
    """Another ticket went into this one."""

    by_agent_id: UUID
    merged_id: UUID
    merged_number: int


@dataclass(frozen=True, kw_only=True)
class MergeUndone(TicketFact):
    """It was taken out of another ticket and stands by itself again."""

    by_agent_id: UUID
    into_id: UUID
    into_number: int


@dataclass(frozen=True, kw_only=True)
class TicketGaveBack(TicketFact):
    """A ticket that had gone into this one was taken out again."""

    by_agent_id: UUID
    merged_id: UUID
    merged_number: int


@dataclass(frozen=True, kw_only=True)
class MessagesMoved(TicketFact):
    """Messages lie on this ticket now, for a merge or a split; beside the fact that says why."""

    from_ticket_id: UUID
    message_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class PeopleJoined(TicketFact):
    """Addresses take part from now on: they are written to."""

    personal: ClassVar[Mapping[str, object]] = {"addresses": ()}
    by_agent_id: UUID
    addresses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PeopleLeft(TicketFact):
    """Addresses take part no more."""

    personal: ClassVar[Mapping[str, object]] = {"addresses": ()}
    by_agent_id: UUID
    addresses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EndedDespite(TicketFact):
    """It was ended although parts of it, what it waits for, or tasks were open. why: in the agent's words."""

    personal: ClassVar[Mapping[str, object]] = {"why": "", "open_tasks": ()}
    by_agent_id: UUID
    why: str
    open_numbers: tuple[int, ...]
    open_tasks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TicketSplit(TicketFact):
    """A part of it became a ticket of its own."""

    by_agent_id: UUID
    part_id: UUID
    part_number: int
    messages: int
    files: int


@dataclass(frozen=True, kw_only=True)
class SplitUndone(TicketFact):
    """What had become a ticket of its own is a part of this one again."""

    by_agent_id: UUID
    part_id: UUID
    part_number: int


@dataclass(frozen=True, kw_only=True)
class TicketLinked(TicketFact):
    """It has to do with another ticket. way: seen from this one, as `linking.WAYS` names it."""

    by_agent_id: UUID | None
    way: str
    other_id: UUID
    other_number: int


@dataclass(frozen=True, kw_only=True)
class TicketUnlinked(TicketFact):
    """A link was taken away."""

    by_agent_id: UUID | None
    way: str
    other_id: UUID
    other_number: int

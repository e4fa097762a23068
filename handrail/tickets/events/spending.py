"""The time that was spent on a ticket."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from handrail.tickets.events.base import TicketFact


@dataclass(frozen=True, kw_only=True)
class TimeFact(TicketFact):
    """A fact about one entry of time. by_agent_id: whose it is."""

    by_agent_id: UUID
    entry_id: UUID
    minutes: int


@dataclass(frozen=True, kw_only=True)
class TimeEntered(TimeFact):
    """Somebody entered time. activity: what it was called then; empty for none."""

    personal: ClassVar[Mapping[str, object]] = {"activity": ""}
    activity: str


@dataclass(frozen=True, kw_only=True)
class TimeChanged(TimeFact):
    """An entry was changed. was, now: minutes, activity, day and note, as `TimeEntry.values` gives them."""

    personal: ClassVar[Mapping[str, object]] = {"was": (), "now": ()}
    was: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TimeRemoved(TimeFact):
    """An entry was removed; it can be put back."""


@dataclass(frozen=True, kw_only=True)
class TimePutBack(TimeFact):
    """A removed entry counts again."""


@dataclass(frozen=True, kw_only=True)
class TimeMoved(TicketFact):
    """Entries came here with a merge, or came home when it was taken back."""

    from_ticket_id: UUID
    entry_ids: tuple[UUID, ...]

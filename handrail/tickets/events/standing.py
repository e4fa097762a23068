"""How a ticket stands: whose, how urgent, in which status, with which fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from handrail.tickets.events.base import TicketFact


@dataclass(frozen=True, kw_only=True)
class TicketAssigned(TicketFact):
    """The owner changed; None means nobody. by_agent_id None: done by a rule of the system.

    order_id: of the work on many tickets that it was a part of.
    """

    by_agent_id: UUID | None
    from_agent_id: UUID | None
    to_agent_id: UUID | None
    order_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class TicketMoved(TicketFact):
    """The ticket went to another team."""

    by_agent_id: UUID | None
    from_team_id: UUID | None
    to_team_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class StatusChanged(TicketFact):
    """The status went from one to another; written beside the fact that says why.

    was and now: categories. was_stage and now_stage: the keys of an admin's statuses within them.
    """

    was: str
    now: str
    was_stage: str = ""
    now_stage: str = ""


@dataclass(frozen=True, kw_only=True)
class PriorityChanged(TicketFact):
    """The priority changed; 1 is low, 4 is urgent."""

    by_agent_id: UUID | None
    was: int
    now: int


@dataclass(frozen=True, kw_only=True)
class TicketClosed(TicketFact):
    """The work is done, for a reason."""

    personal: ClassVar[Mapping[str, object]] = {"reason": ""}
    by_agent_id: UUID | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class TicketReopened(TicketFact):
    """It was done and is open again. by_agent_id None: the customer wrote again. was_status: its end."""

    by_agent_id: UUID | None
    was_status: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketTagged(TicketFact):
    """A tag was put on."""

    personal: ClassVar[Mapping[str, object]] = {"tag": ""}
    by_agent_id: UUID | None
    tag: str


@dataclass(frozen=True, kw_only=True)
class TicketUntagged(TicketFact):
    """A tag was taken off."""

    personal: ClassVar[Mapping[str, object]] = {"tag": ""}
    by_agent_id: UUID | None
    tag: str


@dataclass(frozen=True, kw_only=True)
class TicketHeld(TicketFact):
    """It waits for something that is neither ours nor the customer's to do."""

    personal: ClassVar[Mapping[str, object]] = {"reason": ""}
    by_agent_id: UUID | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class TicketTakenUp(TicketFact):
    """What a ticket on hold waited for has happened."""

    by_agent_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class TicketSolved(TicketFact):
    """The answer is given; the customer's next word takes the work up again."""

    personal: ClassVar[Mapping[str, object]] = {"reason": ""}
    by_agent_id: UUID | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class TicketMarkedSpam(TicketFact):
    """Nobody asked anything: it is spam."""

    by_agent_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class SubjectChanged(TicketFact):
    """It is called otherwise."""

    personal: ClassVar[Mapping[str, object]] = {"was": "", "now": ""}
    by_agent_id: UUID | None
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class AnsweringChannelChanged(TicketFact):
    """It is answered by another channel."""

    by_agent_id: UUID | None
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class StatusSet(TicketFact):
    """Somebody moved it to a status by hand; both by their keys."""

    by_agent_id: UUID | None
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class FieldChanged(TicketFact):
    """What stands in a custom field changed. by_agent_id None: the customer filled it in, or the desk."""

    personal: ClassVar[Mapping[str, object]] = {"was": None, "now": None}
    by_agent_id: UUID | None
    field: str
    was: str | int | float | list[str] | None
    now: str | int | float | list[str] | None


@dataclass(frozen=True, kw_only=True)
class TicketSnoozed(TicketFact):
    """Put away until a moment, or until something happens: reply | linked | nothing but the moment."""

    by_agent_id: UUID
    until: datetime | None
    wakes_on: str


@dataclass(frozen=True, kw_only=True)
class TicketWoke(TicketFact):
    """It came back. why: time | linked | hand. snoozed_by_id: who had put it away."""

    by_agent_id: UUID | None
    snoozed_by_id: UUID
    why: str

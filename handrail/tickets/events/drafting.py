"""What happened to drafts that several people see."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from handrail.tickets.events.base import TicketFact


@dataclass(frozen=True, kw_only=True)
class DraftShared(TicketFact):
    """Somebody showed a draft of theirs to all who may see the ticket."""

    draft_id: UUID
    by_agent_id: UUID


@dataclass(frozen=True, kw_only=True)
class SharedDraftWritten(TicketFact):
    """Somebody took over the writing in a shared draft. of_agent_id: whose it is."""

    draft_id: UUID
    by_agent_id: UUID
    of_agent_id: UUID


@dataclass(frozen=True, kw_only=True)
class DraftTakenBack(TicketFact):
    """A shared draft is somebody's own again."""

    draft_id: UUID
    by_agent_id: UUID


@dataclass(frozen=True, kw_only=True)
class SharedDraftSent(TicketFact):
    """Somebody sent a shared draft, or left it as a note. of_agent_id: whose it was."""

    draft_id: UUID
    message_id: UUID
    by_agent_id: UUID
    of_agent_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReviewAsked(TicketFact):
    """Somebody whose answers are read before they leave wrote one. brand_id: of the ticket."""

    draft_id: UUID
    by_agent_id: UUID
    brand_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReviewApproved(TicketFact):
    """A colleague let an answer leave under its writer's name. changed: other words than were asked for."""

    draft_id: UUID
    message_id: UUID
    by_agent_id: UUID
    of_agent_id: UUID
    changed: bool


@dataclass(frozen=True, kw_only=True)
class ReviewSentBack(TicketFact):
    """A colleague gave an answer back to its writer. comment: why, in words."""

    personal: ClassVar[Mapping[str, object]] = {"comment": ""}
    draft_id: UUID
    by_agent_id: UUID
    of_agent_id: UUID
    comment: str


@dataclass(frozen=True, kw_only=True)
class ReviewCalledOff(TicketFact):
    """The writer took an answer back before anybody had read it."""

    draft_id: UUID
    by_agent_id: UUID

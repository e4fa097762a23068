"""What was said on a ticket, and on which way it went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from handrail.tickets.events.base import TicketFact

if TYPE_CHECKING:
    from handrail.team.models import Agent
    from handrail.tickets.models.message import Message
    from handrail.tickets.models.ticket.base import TicketBase


@dataclass(frozen=True, kw_only=True)
class TicketOpened(TicketFact):
    """A first contact became a ticket."""

    personal: ClassVar[Mapping[str, object]] = {"subject": ""}
    number: int
    brand_id: UUID
    team_id: UUID | None
    requester_id: UUID
    channel: str
    subject: str

    @classmethod
    def of(cls, ticket: "TicketBase", *, at: datetime) -> "TicketOpened":
        """The fact about a ticket that was just opened."""
        return cls(
            ticket_id=ticket.pk,
            number=ticket.number,
            brand_id=ticket.brand_id,
            team_id=ticket.team_id,
            requester_id=ticket.requester_id,
            channel=ticket.channel,
            subject=ticket.subject,
            at=at,
        )


@dataclass(frozen=True, kw_only=True)
class MessageReceived(TicketFact):
    """Somebody outside wrote. owner_id: whose ticket it was at that moment."""

    message_id: UUID
    person_id: UUID
    channel: str
    automatic: str
    first: bool
    owner_id: UUID | None

    @classmethod
    def of(cls, message: "Message", *, ticket: "TicketBase", first: bool) -> "MessageReceived":
        """The fact about a message from outside that was just kept."""
        assert message.person_id is not None
        return cls(
            ticket_id=ticket.pk,
            message_id=message.pk,
            person_id=message.person_id,
            channel=message.channel,
            automatic=message.automatic,
            first=first,
            owner_id=ticket.owner_id,
            at=message.at,
        )


@dataclass(frozen=True, kw_only=True)
class ReplyWritten(TicketFact):
    """An agent answered in public. due_at: until then it can be withdrawn and must not leave.

    planned: the writer chose that moment. approved_by_id: who has read it before, where somebody has to.
    """

    message_id: UUID
    by_agent_id: UUID
    channel: str
    due_at: datetime
    planned: bool = False
    approved_by_id: UUID | None = None

    @classmethod
    def of(cls, message: "Message", *, planned: bool, approved_by: "Agent | None" = None) -> "ReplyWritten":
        """The fact about an answer that was just written."""
        assert message.agent_id
        assert message.due_at
        return cls(
            ticket_id=message.ticket_id,
            message_id=message.pk,
            by_agent_id=message.agent_id,
            channel=message.channel,
            due_at=message.due_at,
            planned=planned,
            approved_by_id=approved_by.pk if approved_by else None,
            at=message.at,
        )


@dataclass(frozen=True, kw_only=True)
class ReplyPlanned(TicketFact):
    """A planned answer got another moment to leave at."""

    message_id: UUID
    by_agent_id: UUID
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ReplyWithdrawn(TicketFact):
    """An answer was taken back before it left."""

    message_id: UUID
    by_agent_id: UUID


@dataclass(frozen=True, kw_only=True)
class NoteWritten(TicketFact):
    """An agent left a note that only colleagues see. mentioned_ids: agents named in it."""

    message_id: UUID
    by_agent_id: UUID
    mentioned_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class DeliveryChanged(TicketFact):
    """What is known about the way of an answer to the customer: sent, failed, bounced or uncertain."""

    personal: ClassVar[Mapping[str, object]] = {"detail": ""}
    message_id: UUID
    state: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class MacroUsed(TicketFact):
    """Somebody used a macro on it. name: what it was called then. message_id: what carries its words.

    struck: the places of its steps that were left out.
    """

    by_agent_id: UUID
    macro_id: UUID
    name: str
    message_id: UUID | None
    struck: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MacroTakenBack(TicketFact):
    """With an answer went back what its macro had done. back, stays: how many changes did, and did not."""

    by_agent_id: UUID
    macro_id: UUID
    name: str
    message_id: UUID
    back: int
    stays: int

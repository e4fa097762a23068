"""What can have happened to a ticket."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from handrail.events import Fact

if TYPE_CHECKING:
    from handrail.tickets.models.message import Message
    from handrail.tickets.models.ticket.base import TicketBase


@dataclass(frozen=True, kw_only=True)
class TicketFact(Fact):
    """A fact about one ticket."""

    about: ClassVar[str] = "ticket_id"
    ticket_id: UUID


@dataclass(frozen=True, kw_only=True)
class TicketOpened(TicketFact):
    """A first contact became a ticket."""

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

    planned: the writer chose that moment.
    """

    message_id: UUID
    by_agent_id: UUID
    channel: str
    due_at: datetime
    planned: bool = False

    @classmethod
    def of(cls, message: "Message", *, planned: bool) -> "ReplyWritten":
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
class TicketAssigned(TicketFact):
    """The owner changed; None means nobody. by_agent_id None: done by a rule of the system."""

    by_agent_id: UUID | None
    from_agent_id: UUID | None
    to_agent_id: UUID | None


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

    by_agent_id: UUID | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class TicketReopened(TicketFact):
    """A closed ticket is open again. by_agent_id None: the customer wrote again."""

    by_agent_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class TicketTagged(TicketFact):
    """A tag was put on."""

    by_agent_id: UUID | None
    tag: str


@dataclass(frozen=True, kw_only=True)
class TicketUntagged(TicketFact):
    """A tag was taken off."""

    by_agent_id: UUID | None
    tag: str


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
class DeliveryChanged(TicketFact):
    """What is known about the way of an answer to the customer: sent, failed, bounced or uncertain."""

    message_id: UUID
    state: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class TicketHeld(TicketFact):
    """It waits for something that is neither ours nor the customer's to do."""

    by_agent_id: UUID | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class TicketTakenUp(TicketFact):
    """What a ticket on hold waited for has happened."""

    by_agent_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class TicketSolved(TicketFact):
    """The answer is given; the customer's next word takes the work up again."""

    by_agent_id: UUID | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class TicketMarkedSpam(TicketFact):
    """Nobody asked anything: it is spam."""

    by_agent_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class SubjectChanged(TicketFact):
    """It is called otherwise."""

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

    by_agent_id: UUID
    addresses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PeopleLeft(TicketFact):
    """Addresses take part no more."""

    by_agent_id: UUID
    addresses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EndedDespite(TicketFact):
    """It was ended although parts of it, or what it waits for, were open. why: in the agent's words."""

    by_agent_id: UUID
    why: str
    open_numbers: tuple[int, ...]


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


@dataclass(frozen=True, kw_only=True)
class MacroUsed(TicketFact):
    """Somebody used a macro on it. name: what it was called then. message_id: what carries its words."""

    by_agent_id: UUID
    macro_id: UUID
    name: str
    message_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class StatusSet(TicketFact):
    """Somebody moved it to a status by hand; both by their keys."""

    by_agent_id: UUID | None
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class FieldChanged(TicketFact):
    """What stands in a custom field changed. by_agent_id None: the customer filled it in, or the desk."""

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

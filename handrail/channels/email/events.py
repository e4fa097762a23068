"""What can have happened to mailboxes and to mail on its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from handrail.events import Fact
from handrail.tickets.events import TicketFact


@dataclass(frozen=True, kw_only=True)
class MailboxOpened(Fact):
    """We take mail at a further address. by_user_id None: the installation set itself up."""

    about: ClassVar[str] = "account_id"
    account_id: UUID
    address: str
    by_user_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class MailboxChanged(Fact):
    """A mailbox got another name or team, was stopped or started, or treats mail otherwise: as it is now."""

    about: ClassVar[str] = "account_id"
    account_id: UUID
    display_name: str
    team_id: UUID | None
    is_active: bool
    by_user_id: UUID
    copies: str = "own"
    trusts_forwards: bool = True
    reopens_for_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class MailboxRoadChanged(Fact):
    """How a mailbox gets its mail was changed. road: imap or hook; server: a host, or the provider's name."""

    about: ClassVar[str] = "account_id"
    account_id: UUID
    road: str
    server: str
    afterwards: str
    is_paused: bool
    by_user_id: UUID


@dataclass(frozen=True, kw_only=True)
class MailboxRecovered(Fact):
    """A mailbox that could not be read for some time can be read again."""

    about: ClassVar[str] = "account_id"
    account_id: UUID
    failing_since: datetime | None


@dataclass(frozen=True, kw_only=True)
class MailQuarantined(Fact):
    """A mail could not become a message; its raw bytes are kept."""

    about: ClassVar[str] = "raw_mail_id"
    raw_mail_id: UUID
    account_id: UUID | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class MailHeld(Fact):
    """A mail waits for a person: held because its place is doubtful, or taken for spam."""

    about: ClassVar[str] = "raw_mail_id"
    personal: ClassVar[Mapping[str, object]] = {"sender": ""}
    raw_mail_id: UUID
    account_id: UUID | None
    held_as: str
    reason: str
    sender: str


@dataclass(frozen=True, kw_only=True)
class MailDecided(Fact):
    """A person said what such a mail is: a new ticket, a word on a ticket, spam, or held again."""

    about: ClassVar[str] = "raw_mail_id"
    raw_mail_id: UUID
    decided_as: str
    ticket_id: UUID | None
    by_user_id: UUID


@dataclass(frozen=True, kw_only=True)
class PhishingSuspected(Fact):
    """A mail that became a message shows signs of deceit, by their names."""

    about: ClassVar[str] = "message_id"
    message_id: UUID
    ticket_id: UUID
    signs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AutoAnswerChanged(Fact):
    """What a mailbox tells at once was written, stopped by the guard against loops, or let go again."""

    about: ClassVar[str] = "account_id"
    account_id: UUID
    is_on: bool
    is_stopped: bool
    by_user_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class SenderListed(Fact):
    """From an address or a domain mail is always taken, or never; listed_as empty: as from any other."""

    about: ClassVar[str] = "brand_id"
    brand_id: UUID
    sender: str
    listed_as: str
    by_user_id: UUID


@dataclass(frozen=True, kw_only=True)
class MailCameAlsoTo(TicketFact):
    """The mail of a ticket came to another mailbox of the brand too. other_number: of the ticket it became
    there; None when it is this one. by_agent_id: always None, for nobody did it.
    """

    personal: ClassVar[Mapping[str, object]] = {"address": ""}
    address: str
    other_number: int | None
    by_agent_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class InvitationAnswered(TicketFact):
    """A colleague answered an invitation in the name of one of our addresses: accepted …"""

    personal: ClassVar[Mapping[str, object]] = {"summary": "", "attendee": ""}
    message_id: UUID
    answer: str
    summary: str
    attendee: str
    by_agent_id: UUID


@dataclass(frozen=True, kw_only=True)
class InvitationAnswerWithdrawn(TicketFact):
    """Such an answer was taken back before it left."""

    message_id: UUID
    by_agent_id: UUID


@dataclass(frozen=True, kw_only=True)
class MailReplayed(Fact):
    """An operator let a quarantined mail be read again."""

    about: ClassVar[str] = "raw_mail_id"
    raw_mail_id: UUID
    by_user_id: UUID


@dataclass(frozen=True, kw_only=True)
class MailSentAgain(Fact):
    """An operator let a mail that failed, or perhaps failed, leave once more."""

    about: ClassVar[str] = "outgoing_mail_id"
    outgoing_mail_id: UUID
    by_user_id: UUID


@dataclass(frozen=True, kw_only=True)
class MailTroubleNoticed(Fact):
    """Mail needs an operator. topic: a key of `alarms.TOPICS`; brand_id None: the whole desk is concerned."""

    about: ClassVar[str] = "about_id"
    about_id: UUID
    topic: str
    detail: str
    brand_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class AddressSuppressed(Fact):
    """Mail to an address came back for good, or its owner complained: the brand sends nothing there."""

    about: ClassVar[str] = "suppression_id"
    suppression_id: UUID
    brand_id: UUID
    address: str
    reason: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class AddressReleased(Fact):
    """Somebody let a suppressed address have mail again."""

    about: ClassVar[str] = "suppression_id"
    suppression_id: UUID
    brand_id: UUID
    address: str
    by_user_id: UUID


@dataclass(frozen=True, kw_only=True)
class MailCalledOff(Fact):
    """An operator took a mail out of the queue before it left."""

    about: ClassVar[str] = "outgoing_mail_id"
    outgoing_mail_id: UUID
    by_user_id: UUID


@dataclass(frozen=True, kw_only=True)
class MailReaddressed(Fact):
    """An operator mended the address of a recipient whom a mail did not reach."""

    about: ClassVar[str] = "outgoing_mail_id"
    outgoing_mail_id: UUID
    was: str
    now: str
    by_user_id: UUID


@dataclass(frozen=True, kw_only=True)
class SendingChanged(Fact):
    """Mail leaves a mailbox under another name, with answers to elsewhere, or by another server."""

    about: ClassVar[str] = "account_id"
    account_id: UUID
    name_format: str
    answers_to_id: UUID | None
    has_own_server: bool
    by_user_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignatureChanged(Fact):
    """An agent's or a mailbox's signature was written anew, in these languages ("" stands for all others)."""

    about: ClassVar[str] = "about_id"
    about_id: UUID
    languages: tuple[str, ...]
    by_user_id: UUID

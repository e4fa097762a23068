"""What can have happened to mailboxes and to mail on its way."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from handrail.events import Fact


@dataclass(frozen=True, kw_only=True)
class MailboxOpened(Fact):
    """We take mail at a further address. by_user_id None: the installation set itself up."""

    about: ClassVar[str] = "account_id"
    account_id: UUID
    address: str
    by_user_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class MailboxChanged(Fact):
    """A mailbox got another name or team, or was stopped or started; what it is now."""

    about: ClassVar[str] = "account_id"
    account_id: UUID
    display_name: str
    team_id: UUID | None
    is_active: bool
    by_user_id: UUID


@dataclass(frozen=True, kw_only=True)
class MailQuarantined(Fact):
    """A mail could not become a message; its raw bytes are kept."""

    about: ClassVar[str] = "raw_mail_id"
    raw_mail_id: UUID
    account_id: UUID | None
    reason: str


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

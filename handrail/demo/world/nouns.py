"""What the demo company is made of and what happens in it: frozen dataclasses, plain values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """A face of the company towards its customers."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Colleagues who share a queue."""

    key: str
    name: str
    brand: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """An address that customers write to, and the team its mail goes to first."""

    address: str
    name: str
    brand: str
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who works at the company.

    pace: 1.0 is the usual speed, 1.3 takes 30 % longer. turn: the place in the team's order of leave.
    """

    key: str
    name: str
    email: str
    role: str
    team: str
    team_name: str
    brands: tuple[str, ...]
    tier: int
    site: str
    timezone: str
    languages: tuple[str, ...]
    starts_at: int
    weekdays: tuple[int, ...]
    pace: float
    turn: int
    feminine: bool
    hired_on: date
    many: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A stretch of time in which a colleague is at work."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A company that ships with Harbour."""

    key: int
    name: str
    domain: str
    language: str
    timezone: str
    city: str
    plan: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A customer, with the habits that show in how they write.

    care is 0.0 for hasty typing to 1.0 for a flawless letter; length 0 terse, 1 usual, 2 long.
    """

    key: int
    name: str
    given: str
    family: str
    email: str
    language: str
    timezone: str
    city: str
    organisation: Organisation | None
    brand: str
    title: str
    feminine: bool
    many: bool
    care: float
    length: int
    formal: bool
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came with a message."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that happened to a ticket; tickets count from 1 in the order of their arrival."""

    at: datetime
    ticket: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived(Happening):
    """A customer's first message opened the ticket."""

    person: int
    mailbox: str
    brand: str
    team: str
    language: str
    topic: str
    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote(Happening):
    """A customer wrote again on their ticket; on a closed one this opens it again."""

    person: int
    body: str
    reopens: bool
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(Happening):
    """A colleague answered; the ticket then waits for the customer."""

    by: str
    body: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Happening):
    """A colleague left a note that only colleagues see."""

    by: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Happening):
    """The ticket went to a team, and to one of its members or to its queue."""

    by: str
    team: str
    owner: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prioritised(Happening):
    """A colleague set the priority: low, normal, high or urgent."""

    by: str
    priority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged(Happening):
    """A colleague put a tag on the ticket."""

    by: str
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Happening):
    """A colleague closed the ticket for a reason."""

    by: str
    reason: str

"""The facts of this room."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from handrail.events import Fact


@dataclass(frozen=True, kw_only=True)
class UserFact(Fact):
    """Something happened to a user. by_id: who did it; None when nobody was signed in."""

    about: ClassVar[str] = "user_id"

    user_id: UUID
    by_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class UserInvited(UserFact):
    """A user was made and may come in."""

    role: str


@dataclass(frozen=True, kw_only=True)
class UserSuspended(UserFact):
    """The user may not come in any more; every session was ended."""


@dataclass(frozen=True, kw_only=True)
class UserRestored(UserFact):
    """A suspended user may come in again."""


@dataclass(frozen=True, kw_only=True)
class RoleChanged(UserFact):
    """The user has another role, and with it other rights."""

    role: str


@dataclass(frozen=True, kw_only=True)
class BrandsChanged(UserFact):
    """The user works for other brands, and sees what is theirs."""

    brand_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class UserRenamed(UserFact):
    """The user is called otherwise from now on."""

    name: str


@dataclass(frozen=True, kw_only=True)
class SignedIn(UserFact):
    """A session was opened. how: password | link | passkey."""

    how: str


@dataclass(frozen=True, kw_only=True)
class AddressProved(UserFact):
    """The user showed that mail to this address reaches them."""

    address: str


@dataclass(frozen=True, kw_only=True)
class GuessingNoticed(Fact):
    """Somebody tries many secrets. what: account | code | network; who: whose, or from which network."""

    about: ClassVar[str] = "guessing_id"

    guessing_id: UUID
    what: str
    who: str
    tries: int


@dataclass(frozen=True, kw_only=True)
class LetterWritten(Fact):
    """A mail of this room waits to be sent; what it says stays in its row, for it may hold a secret."""

    about: ClassVar[str] = "letter_id"

    letter_id: UUID


@dataclass(frozen=True, kw_only=True)
class AuditWritten(Fact):
    """The security audit grew by an entry; its number and digest are kept here too, against a cut end."""

    about: ClassVar[str] = "entry_id"

    entry_id: UUID
    number: int
    digest: str

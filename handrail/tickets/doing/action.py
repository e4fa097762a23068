"""What every action can do: read its value, say what it would change, and do it."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from handrail.accounts.rights import Words
from handrail.team.models import Agent
from handrail.tickets.models import Ticket
from handrail.tickets.unfit import Unfit as Unfit


@dataclass(frozen=True, kw_only=True)
class Change:
    """What an action would change on one ticket, in words."""

    what: str
    was: str
    now: str


class Action(ABC):
    """One thing to do. key and value are how it is kept; a verb of the ticket does it."""

    key: ClassVar[str]
    label: ClassVar[Words]
    icon: ClassVar[str]
    policy: ClassVar[Callable[[Agent], bool]]
    #: Whether a macro can carry it.
    for_macros: ClassVar[bool] = True
    value: str
    #: The order for many tickets that this is a step of.
    order_id: UUID | None = None

    @classmethod
    @abstractmethod
    def read(cls, value: str, *, by: Agent) -> Self:
        """The action with this value as `by` would do it. Raises Unfit."""

    @classmethod
    @abstractmethod
    def choices(cls, *, by: Agent) -> list[tuple[str, str]]:
        """The values somebody can choose, with their words; empty where any words will do."""

    @property
    @abstractmethod
    def words(self) -> str:
        """What it does, as a short sentence without a subject."""

    @abstractmethod
    def change(self, ticket: Ticket) -> Change | None:
        """What it would change there; None when nothing. Raises Unfit where it cannot be done."""

    @abstractmethod
    def do(self, ticket: Ticket, *, by: Agent, at: datetime) -> None:
        """Do it. Raises Unfit where it cannot be done."""

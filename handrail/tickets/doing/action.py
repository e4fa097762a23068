"""What every action can do: read its value, say what it would change, and do it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from django.utils.translation import gettext as _

from handrail.accounts.rights import Words
from handrail.team.models import Agent
from handrail.tickets.models import Ticket
from handrail.tickets.unfit import Unfit as Unfit


class HeldUp(Unfit):
    """Open tickets or tasks stand in the way; who may override that does it all the same, and says why."""

    def __init__(self, what: str) -> None:
        super().__init__(_("Still open: %(what)s.") % {"what": what})
        #: What stands in the way, named.
        self.what = what


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
    #: Why it is done although something stands in its way; empty: then it is not done.
    despite: str = ""
    #: Required tasks that the actions before it put on the ticket.
    opened: Sequence[str] = ()

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

    @property
    def opens(self) -> Sequence[str]:
        """The required tasks that it puts on a ticket."""
        return ()

    def held_up(self, ticket: Ticket, *, by: Agent) -> str:
        """What stands in its way there now and can be overridden, named; empty when nothing does."""
        return ""

    def held_among(self, tickets: Sequence[Ticket]) -> set[UUID]:
        """Those of many tickets where something stands in its way that can be overridden."""
        return set()

    @abstractmethod
    def do(self, ticket: Ticket, *, by: Agent, at: datetime) -> None:
        """Do it. Raises Unfit where it cannot be done, HeldUp where `despite` would help."""

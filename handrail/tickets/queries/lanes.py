"""By what a board is parted: its columns, in which of them a ticket stands, and what moving a card does."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from handrail.fields.checking import NotFitting
from handrail.fields.field import Field, Kind
from handrail.team.models import Agent
from handrail.team.queries import names_of
from handrail.tickets import policies
from handrail.tickets.doing import ACTIONS, Unfit
from handrail.tickets.models import Ticket
from handrail.tickets.models.categories import Category
from handrail.tickets.queries.asking_fields import told_field
from handrail.tickets.stages import stages

#: Boards of owners and teams show those who have most.
MOST_COLUMNS = 12
#: The column of tickets without a value in the field.
NOTHING = "~"


class Lanes(ABC):
    """One way to part a board. by: its word, as views keep it."""

    by: str
    #: What of a ticket says where it stands, for the database.
    column: Any

    @abstractmethod
    def names(self, agent: Agent, totals: dict[str, int]) -> dict[str, str]:
        """The words over the columns that are shown, in their order. totals: the tickets of each, by key."""

    @abstractmethod
    def takes(self, key: str, agent: Agent) -> bool:
        """Whether this agent brings cards into that column."""

    @abstractmethod
    def move(self, ticket: Ticket, to: str, *, by: Agent, despite: str = "", at: datetime) -> None:
        """Bring a card there. despite: why, although something is open. Raises Unfit, doing.HeldUp."""

    @abstractmethod
    def key_of(self, ticket: Ticket) -> str:
        """Where a ticket stands."""

    def written(self, found: Any) -> str:
        """The key of a column, from what the database says."""
        return "" if found is None else str(found)


class _ByAction(Lanes):
    """What one of the actions sets."""

    def takes(self, key: str, agent: Agent) -> bool:
        return ACTIONS[self.by].policy(agent) and key not in ("", Category.NEW)

    def move(self, ticket: Ticket, to: str, *, by: Agent, despite: str = "", at: datetime) -> None:
        if not ACTIONS[self.by].policy(by):
            raise Unfit(_("Your role does not move tickets there."))
        action = ACTIONS[self.by].read(to, by=by)
        action.despite = despite
        action.do(ticket, by=by, at=at)


class ByStatus(_ByAction):
    """The statuses as admins named them, each in its category."""

    by = "status"
    column = Coalesce(Cast("stage_id", CharField()), "status")

    def __init__(self) -> None:
        self.every = stages()

    def names(self, agent: Agent, totals: dict[str, int]) -> dict[str, str]:
        every = [each for each in self.every.all if each.category != Category.MERGED]
        shown = [each for each in every if each.key in totals or not (each.is_done or each.retired)]
        return {each.key: each.words for each in shown}

    def takes(self, key: str, agent: Agent) -> bool:
        offered = {each.key for each in self.every.offered}
        return key in offered and super().takes(key, agent)

    def key_of(self, ticket: Ticket) -> str:
        return self.every.of(ticket.status, ticket.stage_id).key

    def written(self, found: Any) -> str:
        stage = next((each for each in self.every.all if str(each.id) == str(found)), None)
        return stage.key if stage else str(found)


class ByPriority(_ByAction):
    """The most urgent first."""

    by = "priority"
    column = F("priority")

    def names(self, agent: Agent, totals: dict[str, int]) -> dict[str, str]:
        return {str(int(each)): str(each.label) for each in reversed(Ticket.Priority)}

    def key_of(self, ticket: Ticket) -> str:
        return str(int(ticket.priority))


class _ByWhom(_ByAction):
    """Owners or teams: those who have most, and those that nobody can be given any more."""

    nobody: str

    def names(self, agent: Agent, totals: dict[str, int]) -> dict[str, str]:
        known = {key: name for key, name in ACTIONS[self.by].choices(by=agent) if key != "me"}
        known[self.nobody] = _("Nobody") if self.by == "owner" else _("No team")
        left = {UUID(key) for key in totals.keys() - known.keys()}
        gone = names_of(left if self.by == "owner" else set(), left if self.by == "team" else set())
        words = known | {str(key): name for key, name in gone.items()}
        most = sorted((key for key in words if key in totals), key=lambda key: -totals[key])
        return {key: words[key] for key in most[:MOST_COLUMNS]}

    def written(self, found: Any) -> str:
        return self.nobody if found is None else str(found)

    def key_of(self, ticket: Ticket) -> str:
        return self.written(getattr(ticket, f"{self.by}_id"))


class ByOwner(_ByWhom):
    """Whose."""

    by, nobody, column = "owner", "nobody", F("owner")


class ByTeam(_ByWhom):
    """Whose team."""

    by, nobody, column = "team", "", F("team")


class ByField(Lanes):
    """The choices of a custom field, in their order, and those without one."""

    def __init__(self, by: str, field: Field) -> None:
        self.by, self.field = by, field
        self.column = KeyTextTransform(field.key, "fields")

    def names(self, agent: Agent, totals: dict[str, int]) -> dict[str, str]:
        words = self.field.choice_words
        offered = [each.key for each in self.field.choices if not each.retired or each.key in totals]
        unknown = [key for key in totals if key not in words and key != NOTHING]
        nothing = {NOTHING: _("Nothing there")}
        return nothing | {key: words[key] for key in offered} | {key: key for key in unknown}

    def takes(self, key: str, agent: Agent) -> bool:
        gone = {each.key for each in self.field.choices if each.retired}
        return policies.may_change(agent) and key not in gone

    def move(self, ticket: Ticket, to: str, *, by: Agent, despite: str = "", at: datetime) -> None:
        if not policies.may_change(by):
            raise Unfit(_("Your role does not move tickets there."))
        try:
            ticket.fill({self.field.key: None if to == NOTHING else to}, by=by, at=at)
        except NotFitting as unfit:
            raise Unfit(next(iter(unfit.args[0].values()))) from None

    def written(self, found: Any) -> str:
        return NOTHING if found is None else str(found)

    def key_of(self, ticket: Ticket) -> str:
        return self.written(ticket.fields.get(self.field.key))


_USUAL: dict[str, type[Lanes]] = {each.by: each for each in (ByStatus, ByPriority, ByOwner, ByTeam)}


def lanes_of(grouping: str, *, agent: Agent) -> Lanes:
    """How a board is parted; by status where the agent knows nothing of the field."""
    if grouping in _USUAL:
        return _USUAL[grouping]()
    field = told_field(grouping, agent=agent)
    return ByField(grouping, field) if field and field.kind == Kind.CHOICE else ByStatus()

"""Put a tag on, take one off."""

from datetime import datetime
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.doing.action import Action, Change, Unfit
from handrail.tickets.models import Ticket
from handrail.tickets.models.tag import LONGEST


class _TagAction(Action):
    policy = policies.may_change
    icon = "tag"

    def __init__(self, name: str) -> None:
        self.value = self.name = name

    @classmethod
    def read(cls, value: str, *, by: Agent) -> Self:
        name = " ".join(value.lower().split())
        if not name or len(name) > LONGEST:
            raise Unfit(_("A tag is one to fifty characters."))
        return cls(name)

    @classmethod
    def choices(cls, *, by: Agent) -> list[tuple[str, str]]:
        return []

    def is_on(self, ticket: Ticket) -> bool:
        """Tags read beforehand for many tickets are not asked for again."""
        return any(tagging.tag.name == self.name for tagging in ticket.taggings.all())


class PutTag(_TagAction):
    """One tag more."""

    key = "tag"
    label = gettext_lazy("Put a tag on")

    @property
    def words(self) -> str:
        return _("Tag it %(tag)s") % {"tag": self.name}

    def change(self, ticket: Ticket) -> Change | None:
        return None if self.is_on(ticket) else Change(what=_("Tags"), was="", now=f"+ {self.name}")

    def do(self, ticket: Ticket, *, by: Agent, at: datetime) -> None:
        ticket.tag(self.name, by=by, at=at)


class TakeTagOff(_TagAction):
    """One tag less."""

    key = "untag"
    label = gettext_lazy("Take a tag off")

    @property
    def words(self) -> str:
        return _("Take the tag %(tag)s off") % {"tag": self.name}

    def change(self, ticket: Ticket) -> Change | None:
        return Change(what=_("Tags"), was=self.name, now=f"− {self.name}") if self.is_on(ticket) else None

    def do(self, ticket: Ticket, *, by: Agent, at: datetime) -> None:
        ticket.untag(self.name, by=by, at=at)

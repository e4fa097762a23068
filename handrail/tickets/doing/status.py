"""Bring the ticket into a status."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.doing.action import Action, Change, HeldUp, Unfit
from handrail.tickets.models import Ticket
from handrail.tickets.models.categories import Category
from handrail.tickets.models.ticket.guarding import held_among
from handrail.tickets.models.ticket.staging import Staging
from handrail.tickets.reasons import USUAL, words_for
from handrail.tickets.stages import Stage, stages

LONGEST_REASON = 200
#: The ends that open tickets and tasks hold up.
GUARDED = (Category.SOLVED, Category.CLOSED)


class SetStatus(Action):
    """Any that is set by hand; after a colon stands the reason, for those on hold or done."""

    key = "status"
    label = gettext_lazy("Set the status")
    icon = "circle-check"
    policy = policies.may_close

    def __init__(self, stage: Stage, reason: str) -> None:
        self.stage, self.reason = stage, reason
        self.value = f"{stage.key}:{reason}" if reason else stage.key

    @classmethod
    def read(cls, value: str, *, by: Agent) -> Self:
        key, _colon, reason = value.partition(":")
        stage = next((each for each in _offered() if each.key == key), None)
        if stage is None:
            raise Unfit(_("Choose a status from the list."))
        return cls(stage, reason.strip()[:LONGEST_REASON])

    @classmethod
    def choices(cls, *, by: Agent) -> list[tuple[str, str]]:
        found = []
        for stage in _offered():
            if stage.key == Category.CLOSED:
                found += [(f"closed:{key}", f"{stage.words}: {words}") for key, words in USUAL.items()]
            else:
                found.append((stage.key, stage.words))
        return found

    @property
    def words(self) -> str:
        named = _("Set the status to %(status)s") % {"status": self.stage.words}
        return f"{named} ({words_for(self.reason)})" if self.reason else named

    def change(self, ticket: Ticket) -> Change | None:
        was = stages().of(ticket.status, ticket.stage_id)
        if was.key == self.stage.key:
            return None
        if ticket.status == Category.MERGED:
            raise Unfit(_("It was merged into another ticket."))
        return Change(what=_("Status"), was=was.words, now=self.stage.words)

    def held_up(self, ticket: Ticket, *, by: Agent) -> str:
        return ticket.what_holds_it_up(by=by, also=self.opened) if self._ends(ticket) else ""

    def held_among(self, tickets: Sequence[Ticket]) -> set[UUID]:
        ending = [ticket for ticket in tickets if self._ends(ticket)]
        return {ticket.pk for ticket in ending} if self.opened else held_among(ending)

    def do(self, ticket: Ticket, *, by: Agent, at: datetime) -> None:
        if self.change(ticket) is None:
            return
        try:
            ticket.set_status(self.stage.key, by=by, reason=self.reason, despite=self.despite, at=at)
        except Staging.HeldUp as held:
            raise HeldUp(held.args[0]) from None
        except PermissionDenied:
            raise Unfit(_("You may not end tickets while something is open.")) from None
        except Staging.MoveForbidden:
            raise Unfit(_("Your role does not move tickets there.")) from None
        except Staging.FieldsMissing as missing:
            labels = ", ".join(missing.args[0].values())
            raise Unfit(_("To be filled in before: %(fields)s.") % {"fields": labels}) from None
        except (Staging.AlreadyThere, Staging.AlreadyClosed, Staging.AlreadyHeld, Staging.NoSuchStatus):
            raise Unfit(_("Somebody changed its status meanwhile.")) from None

    def _ends(self, ticket: Ticket) -> bool:
        return self.stage.category in GUARDED and ticket.status != self.stage.category


def _offered() -> list[Stage]:
    """Nobody makes a ticket new again."""
    return [stage for stage in stages().offered if stage.key != Category.NEW]

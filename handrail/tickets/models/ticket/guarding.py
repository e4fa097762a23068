"""A ticket is not done while parts of it, or what it waits for, are still open."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from handrail.team.models import Agent
from handrail.tickets.events import EndedDespite
from handrail.tickets.models.link import Link
from handrail.tickets.models.ticket.surviving import Surviving

if TYPE_CHECKING:
    from handrail.tickets.models.ticket import Ticket

#: Whoever has it ends a ticket all the same, and says why.
OVERRIDE = "tickets.override"


class Guarding(Surviving):
    """Ending a ticket asks for a reason while its parts or its blockers are open."""

    class Meta:
        abstract = True

    class HeldUp(Surviving.MoveForbidden):
        """Open tickets stand in the way; args[0] names those that the agent may see."""

    def still_open(self) -> "list[Ticket]":
        """Its open parts, and the open tickets that it waits for."""
        ids = self.all_below()
        parts = Q(kind=Link.Kind.PARENT, source__in=ids)
        blockers = Q(kind=Link.Kind.BLOCKS, target__in=ids)
        links = Link.objects.filter(parts | blockers).select_related("source", "target")
        ends = [link.target if link.kind == Link.Kind.PARENT else link.source for link in links]
        found = {each.pk: each for each in (end.survivor() for end in ends) if not each.is_done}
        found.pop(self.pk, None)
        return sorted(found.values(), key=lambda each: each.number)

    def mind_what_is_open(self, *, by: Agent | None, despite: str, at: datetime) -> None:
        """Raise HeldUp; unless the agent may override that and says why. The desk itself may."""
        if by is None or not (standing := self.still_open()):
            return
        if not despite:
            raise self.HeldUp(_numbers(standing, by=by))
        if not by.may(OVERRIDE):
            raise PermissionDenied
        numbers = tuple(each.number for each in standing)
        self.tell(
            EndedDespite(ticket_id=self.pk, by_agent_id=by.pk, why=despite[:200], open_numbers=numbers, at=at)
        )


def _numbers(tickets: "Iterable[Ticket]", *, by: Agent) -> str:
    standing = list(tickets)
    rows = type(standing[0]).objects.visible_to(by).filter(pk__in=[each.pk for each in standing])
    numbers = [f"#{number}" for number in rows.order_by("number").values_list("number", flat=True)]
    hidden = len(standing) - len(numbers)
    return ", ".join([*numbers, *([_("others that you cannot see")] if hidden else [])])

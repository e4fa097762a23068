"""A ticket waits for something that is neither ours nor the customer's to do."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.team.models import Agent
from handrail.tickets.events import TicketHeld, TicketTakenUp
from handrail.tickets.models.hold import Hold
from handrail.tickets.models.ticket.surviving import Surviving


class Holding(Surviving):
    """A ticket can be put on hold, for a reason, and taken up again; a customer's word takes it up too."""

    class Meta:
        abstract = True

    class AlreadyHeld(Exception):
        """hold() was called on a ticket that is on hold, or was merged into another one."""

    class NotHeld(Exception):
        """take_up() was called on a ticket that is not on hold."""

    @transaction.atomic
    def hold(self, *, by: Agent | None, reason: str, stage: UUID | None = None, at: datetime) -> Hold:
        """Leave it until what it waits for has happened. Raises AlreadyHeld."""
        self.mind_move(self.Status.HOLD, stage, by=by)
        if not self.turn(self.Status.HOLD, stage_id=stage, at=at):
            raise self.AlreadyHeld
        ends = {"by": by, "reason": reason, "at": at}
        hold, _is_new = Hold.objects.update_or_create(ticket_id=self.pk, defaults=ends)
        self.tell(TicketHeld(ticket_id=self.pk, by_agent_id=by.pk if by else None, reason=reason, at=at))
        return hold

    @transaction.atomic
    def take_up(self, *, by: Agent | None, at: datetime) -> None:
        """What it waited for has happened. Raises NotHeld."""
        self.mind_move(self.Status.OPEN, by=by)
        if not self.turn(self.Status.OPEN, leaving=(self.Status.HOLD,), at=at):
            raise self.NotHeld
        self.tell(TicketTakenUp(ticket_id=self.pk, by_agent_id=by.pk if by else None, at=at))

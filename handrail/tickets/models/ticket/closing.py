"""A ticket comes to its end."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.team.models import Agent
from handrail.tickets.events import TicketClosed, TicketMarkedSpam, TicketReopened, TicketSolved
from handrail.tickets.models.categories import Category
from handrail.tickets.models.closure import Closure
from handrail.tickets.models.ticket.guarding import Guarding


class Closing(Guarding):
    """A ticket can be solved, closed with a reason, called spam, and opened again."""

    class Meta:
        abstract = True

    class AlreadyClosed(Exception):
        """The ticket has come to that end before, or was merged into another one."""

    class NotClosed(Exception):
        """reopen() was called on a ticket that is not done."""

    @transaction.atomic
    def solve(
        self,
        *,
        by: Agent | None,
        reason: str = "solved",
        stage: UUID | None = None,
        despite: str = "",
        at: datetime,
    ) -> Closure:
        """The answer is given; their next word takes the work up again.

        despite: why, although parts of it or what it waits for are open. Raises AlreadyClosed, HeldUp.
        """
        self.mind_what_is_open(by=by, despite=despite, at=at)
        closure = self._end(self.Status.SOLVED, stage, by=by, reason=reason, at=at)
        self.tell(TicketSolved(ticket_id=self.pk, by_agent_id=by.pk if by else None, reason=reason, at=at))
        return closure

    @transaction.atomic
    def close(
        self,
        *,
        by: Agent | None,
        reason: str,
        stage: UUID | None = None,
        despite: str = "",
        at: datetime,
    ) -> Closure:
        """End the work. despite: as of solving. Raises AlreadyClosed when somebody was faster, HeldUp."""
        self.mind_what_is_open(by=by, despite=despite, at=at)
        closure = self._end(self.Status.CLOSED, stage, by=by, reason=reason, at=at)
        self.tell(TicketClosed(ticket_id=self.pk, by_agent_id=by.pk if by else None, reason=reason, at=at))
        return closure

    @transaction.atomic
    def mark_spam(self, *, by: Agent | None, stage: UUID | None = None, at: datetime) -> Closure:
        """Nobody asked anything. The channel it came by hears of it and learns. Raises AlreadyClosed."""
        closure = self._end(self.Status.SPAM, stage, by=by, reason="spam", at=at)
        self.tell(TicketMarkedSpam(ticket_id=self.pk, by_agent_id=by.pk if by else None, at=at))
        return closure

    @transaction.atomic
    def reopen(self, *, by: Agent | None, at: datetime) -> None:
        """Take the work up again. Raises NotClosed."""
        status, was = self.Status, self.status
        if self.is_done:
            self.mind_move(status.OPEN, by=by)
        if not self.turn(status.OPEN, leaving=(status.SOLVED, status.CLOSED, status.SPAM), at=at):
            raise self.NotClosed
        agent_id = by.pk if by else None
        self.tell(TicketReopened(ticket_id=self.pk, by_agent_id=agent_id, was_status=was, at=at))

    def _end(
        self, status: Category, stage: UUID | None, *, by: Agent | None, reason: str, at: datetime
    ) -> Closure:
        self.mind_move(status, stage, by=by)
        if not self.turn(status, stage_id=stage, at=at):
            raise self.AlreadyClosed
        ends = {"by": by, "reason": reason, "at": at}
        closure, _is_new = Closure.objects.update_or_create(ticket_id=self.pk, defaults=ends)
        return closure

"""A ticket is moved to a status by hand."""

from datetime import datetime

from django.db import transaction

from handrail.team.models import Agent
from handrail.tickets import stages
from handrail.tickets.events import StatusSet, TicketReopened
from handrail.tickets.models.categories import Category
from handrail.tickets.models.ticket.closing import Closing
from handrail.tickets.models.ticket.holding import Holding


class Staging(Closing, Holding):
    """A ticket can be moved to any status that its mover's role may move it to."""

    class Meta:
        abstract = True

    class NoSuchStatus(Exception):
        """There is no such status, or nobody moves a ticket there by hand."""

    class AlreadyThere(Exception):
        """The ticket has that status; perhaps somebody was faster."""

    @transaction.atomic
    def set_status(
        self, key: str, *, by: Agent | None, reason: str = "", despite: str = "", at: datetime
    ) -> None:
        """Move it to the status with this key. reason: why it is on hold or done; the status's words else.

        despite: as of closing. Raises NoSuchStatus, AlreadyThere, MoveForbidden, FieldsMissing, HeldUp.
        """
        every = stages.stages()
        was, now = every.of(self.status, self.stage_id), every.by_key(key)
        if now is None or now not in every.offered or now.key == Category.NEW:
            raise self.NoSuchStatus
        if was.key == now.key:
            raise self.AlreadyThere
        self._bring_to(now, reason=(reason or now.words)[:200], despite=despite, by=by, at=at)
        if now.id or not (now.is_done or now.category == Category.HOLD):  # those tell of themselves
            agent_id = by.pk if by else None
            self.tell(StatusSet(ticket_id=self.pk, by_agent_id=agent_id, was=was.key, now=now.key, at=at))

    def _bring_to(
        self, now: stages.Stage, *, reason: str, despite: str, by: Agent | None, at: datetime
    ) -> None:
        status = self.Status
        if self.status == now.category:
            self._change_stage(now, by=by, at=at)
        elif now.category == status.SOLVED:
            self.solve(by=by, reason=reason, stage=now.id, despite=despite, at=at)
        elif now.category == status.CLOSED:
            self.close(by=by, reason=reason, stage=now.id, despite=despite, at=at)
        elif now.category == status.SPAM:
            self.mark_spam(by=by, stage=now.id, at=at)
        elif now.category == status.HOLD:
            self.hold(by=by, reason=reason, stage=now.id, at=at)
        else:
            self._take_up_as(now, by=by, at=at)

    def _change_stage(self, now: stages.Stage, *, by: Agent | None, at: datetime) -> None:
        """The category stays as it is, and with it everything that stands on it."""
        self.mind_move(now.category, now.id, by=by)
        rows = type(self).objects.filter(pk=self.pk, status=now.category, stage_id=self.stage_id)
        if not rows.update(stage_id=now.id, updated_at=at):
            raise self.AlreadyThere
        self._remember(stage_id=now.id, updated_at=at)

    def _take_up_as(self, now: stages.Stage, *, by: Agent | None, at: datetime) -> None:
        was, was_done = self.status, self.is_done
        self.mind_move(now.category, now.id, by=by)
        if not self.turn(now.category, stage_id=now.id, at=at):
            raise self.AlreadyThere
        if was_done:
            agent_id = by.pk if by else None
            self.tell(TicketReopened(ticket_id=self.pk, by_agent_id=agent_id, was_status=was, at=at))

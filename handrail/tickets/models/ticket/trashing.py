"""A ticket goes to the trash, and comes back as it was."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.team.models import Agent
from handrail.tickets.events import TicketDeleted, TicketRestored
from handrail.tickets.models.categories import TRASHED
from handrail.tickets.models.deletion import Deletion
from handrail.tickets.models.message import Message
from handrail.tickets.models.ticket.surviving import Surviving


class Trashing(Surviving):
    """A ticket can be deleted; until it is purged everything of it lies there untouched."""

    class Meta:
        abstract = True

    class AnswerOnItsWay(Exception):
        """trash() was called while an answer waits to leave: it has to be taken back, or to leave, first."""

    class NotInTrash(Exception):
        """restore() was called on a ticket that is not in the trash; perhaps somebody was faster."""

    @transaction.atomic
    def trash(self, *, by: Agent | None, reason: str, at: datetime) -> Deletion:
        """Put it away from everybody, with what was merged into it.

        Raises InTrash when somebody was faster, WentInto, AnswerOnItsWay.
        """
        self.lock()
        self.mind_the_merge()
        if Message.objects.filter(ticket=self.pk, delivery=Message.Delivery.QUEUED).exists():
            raise self.AnswerOnItsWay
        rows = self._stand_aside(self.all_below(), by=by, reason=reason, at=at)
        self.tell(TicketDeleted(ticket_id=self.pk, by_agent_id=by.pk if by else None, reason=reason, at=at))
        return next(row for row in rows if row.ticket_id == self.pk)

    @transaction.atomic
    def restore(self, *, by: Agent | None, at: datetime) -> None:
        """Let it stand as before. by None: the customer wrote again. Raises NotInTrash."""
        self.lock()
        mine = Deletion.objects.filter(ticket=self.pk, along_with=None)
        others = Deletion.objects.filter(along_with=self.pk)
        rows = [*mine.select_related("stage"), *others.select_related("stage")]
        if not rows or rows[0].ticket_id != self.pk:
            raise self.NotInTrash
        for row in rows:
            type(self).objects.filter(pk=row.ticket_id).update(
                status=row.status, stage=row.stage_now, waiting_since=row.waiting_since
            )
        Deletion.objects.filter(pk__in=[row.pk for row in rows]).delete()
        self.lock()
        self.tell(TicketRestored(ticket_id=self.pk, by_agent_id=by.pk if by else None, at=at))

    def _stand_aside(
        self, keys: Collection[UUID], *, by: Agent | None, reason: str, at: datetime
    ) -> Sequence[Deletion]:
        tickets = list(type(self).objects.select_for_update().filter(pk__in=keys).order_by("id"))
        rows = [
            Deletion(
                ticket_id=each.pk,
                along_with_id=None if each.pk == self.pk else self.pk,
                by=by,
                reason=reason[:200],
                at=at,
                status=each.status,
                stage_id=each.stage_id,
                waiting_since=each.waiting_since,
            )
            for each in tickets
        ]
        Deletion.objects.bulk_create(rows)
        aside = {"status": TRASHED, "stage_id": None, "waiting_since": None}
        type(self).objects.filter(pk__in=keys).update(**aside)
        self._remember(**aside)
        return rows

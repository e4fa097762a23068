"""A ticket sleeps until a moment or an event."""

from datetime import datetime

from django.db import transaction

from handrail.team.models import Agent
from handrail.tickets.events import TicketSnoozed, TicketWoke
from handrail.tickets.models.hold import Hold
from handrail.tickets.models.snooze import Snooze
from handrail.tickets.models.ticket.holding import Holding
from handrail.tickets.models.ticket.surviving import Surviving
from handrail.tickets.planning import WallTime
from handrail.tickets.reasons import SNOOZED


class Snoozing(Holding, Surviving):
    """A ticket can be put away and comes back by itself; a customer's word brings it back at once."""

    class Meta:
        abstract = True

    class IsDone(Exception):
        """snooze() was called on a ticket on which there is nothing to do any more."""

    class NotSnoozed(Exception):
        """wake() was called on a ticket that is awake; perhaps somebody was faster."""

    @transaction.atomic
    def snooze(self, *, until: WallTime | None, wakes_on: str = "", by: Agent, at: datetime) -> Snooze:
        """Put it on hold, unless it is, until then or until that. Raises IsDone."""
        self.lock()
        if self.is_done:
            raise self.IsDone
        if self.status != self.Status.HOLD:
            self.hold(by=by, reason=SNOOZED, at=at)
        hold = Hold.objects.get_or_create(
            ticket_id=self.pk, defaults={"by": by, "reason": SNOOZED, "at": at}
        )[0]
        kept = Snooze.keep(hold, until=until, wakes_on=wakes_on, by=by, at=at)
        self.tell(
            TicketSnoozed(ticket_id=self.pk, by_agent_id=by.pk, until=kept.until, wakes_on=wakes_on, at=at)
        )
        return kept

    @transaction.atomic
    def wake(self, *, by: Agent | None, why: str, at: datetime) -> None:
        """Bring it back. why: time | linked | hand. Raises NotSnoozed."""
        self.lock()
        snooze = Snooze.objects.filter(hold__ticket_id=self.pk).first()
        if snooze is None or self.status != self.Status.HOLD:
            raise self.NotSnoozed
        self.take_up(by=by, at=at)
        self.tell(
            TicketWoke(
                ticket_id=self.pk,
                by_agent_id=by.pk if by else None,
                snoozed_by_id=snooze.by_id,
                why=why,
                at=at,
            )
        )

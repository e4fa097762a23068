"""Taking a status away from the desk: its tickets go to another one of the same category, some at a time."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.accounts.models import User
from handrail.events import publish_all
from handrail.events.live import touch_each
from handrail.tickets.events import StatusSet
from handrail.tickets.jobs import empty_status
from handrail.tickets.models import Status, Ticket

#: So many tickets are moved in one transaction.
AT_ONCE = 500


@transaction.atomic
def retire(status: Status, *, into: Status | None, by: User | None, at: datetime) -> None:
    """Offer it no more; a job moves its tickets, each with its fact. Raises Status.AnotherCategory."""
    status.retire(into=into, by=by, at=at)
    empty_status.defer(status_id=str(status.pk), at=at.isoformat())


def move_some(status_id: UUID, *, at: datetime) -> int:
    """Move the next tickets of a retired status on; returns how many. Harmless when repeated."""
    with transaction.atomic():
        status = Status.objects.select_related("into").filter(pk=status_id).first()
        if status is None or status.retired_at is None:
            return 0
        rows = Ticket.objects.select_for_update(skip_locked=True).filter(stage=status)
        tickets = list(rows.order_by("id")[:AT_ONCE])
        Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).update(stage=status.into)
        now = status.into.key if status.into else status.category
        publish_all(
            [
                StatusSet(ticket_id=ticket.pk, by_agent_id=None, was=status.key, now=now, at=at)
                for ticket in tickets
            ]
        )
        touch_each(
            (topic, panel, {"number": ticket.number}) for ticket in tickets for topic, panel in ticket.panels
        )
        return len(tickets)

"""A ticket has a moment until which it shall be done, and whoever has it is told in time."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import F, Q

from handrail.team.models import Agent
from handrail.tickets.events import TicketDueChanged, TicketDueNeared, TicketDuePassed
from handrail.tickets.models.categories import LIVE
from handrail.tickets.models.ticket.base import TicketBase

#: So long before it whoever has the ticket is told.
AHEAD = timedelta(hours=24)


class Told(models.IntegerChoices):
    """What was told of the date that stands."""

    NOTHING = 0, "nothing"
    NEAR = 1, "near"
    PAST = 2, "past"


#: Lists sorted by it, months, and what is overdue.
DUE_INDEXES = [
    models.Index(F("due_at").asc(nulls_last=True), F("id").desc(), name="ticket_by_due"),
    models.Index(
        fields=["due_at"], condition=Q(status__in=LIVE, due_at__isnull=False), name="ticket_live_by_due"
    ),
    models.Index(
        fields=["due_at"],
        condition=Q(status__in=LIVE, due_at__isnull=False, due_told__lt=Told.PAST),
        name="ticket_to_remind_of",
    ),
]


class Scheduling(TicketBase):
    """A ticket can be given a due date, another one, and none again.

    due_told: what whoever has it was told of the date; told again when the date moves.
    """

    due_at = models.DateTimeField(null=True)
    due_told = models.PositiveSmallIntegerField(default=Told.NOTHING, db_default=Told.NOTHING)

    class Meta:
        abstract = True

    @transaction.atomic
    def fall_due(self, due_at: datetime | None, *, by: Agent | None, at: datetime) -> None:
        """It shall be done by then; None: whenever. The same again changes nothing.

        Of a date as near as that nobody is told that it comes near, and of one that is past, nothing.
        """
        was = self.due_at
        rows = type(self).objects.filter(pk=self.pk)
        other = rows.exclude(due_at=due_at) if due_at else rows.filter(due_at__isnull=False)
        told = _known(due_at, at=at)
        if not other.update(due_at=due_at, due_told=told, updated_at=at):
            return
        self.due_at, self.due_told, self.updated_at = due_at, told, at
        agent_id = by.pk if by else None
        self.tell(TicketDueChanged(ticket_id=self.pk, by_agent_id=agent_id, was=was, now=due_at, at=at))

    def tell_of_due(self, *, at: datetime) -> None:
        """Let whoever has it know that the date is near, or past; once each. Part of a transaction."""
        assert self.due_at is not None
        is_past = self.due_told == Told.NEAR or self.due_at <= at
        self.due_told = Told.PAST if is_past else Told.NEAR
        type(self).objects.filter(pk=self.pk).update(due_told=self.due_told)
        told = TicketDuePassed if is_past else TicketDueNeared
        self.tell(
            told(ticket_id=self.pk, owner_id=self.owner_id, team_id=self.team_id, due_at=self.due_at, at=at)
        )


def _known(due_at: datetime | None, *, at: datetime) -> Told:
    """What whoever sets such a date knows by themselves."""
    if due_at is None or due_at > at + AHEAD:
        return Told.NOTHING
    return Told.NEAR if due_at > at else Told.PAST

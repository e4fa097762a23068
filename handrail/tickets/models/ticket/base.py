"""The columns and constraints of a ticket, and how its verbs turn its state and tell what happened."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar, TypeAlias
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Brand
from handrail.customers.models import Person
from handrail.events import publish
from handrail.events.live import touch_all
from handrail.kit import ids
from handrail.kit.prepared import Prepared
from handrail.kit.sequences import next_of
from handrail.team.models import Agent, Team
from handrail.tickets import circumstances, stages
from handrail.tickets.events import StatusChanged, TicketFact
from handrail.tickets.models.categories import DONE, LIVE, MOVABLE, TRASHED, Category
from handrail.tickets.models.closure import Closure
from handrail.tickets.models.hold import Hold
from handrail.tickets.models.ticket.queryset import Tickets

#: Human numbers start here, so that the first ticket does not look like a trial.
FIRST_NUMBER = 1001


def next_number() -> int:
    """The next human number, from a sequence: unique, ascending, gaps possible."""
    return next_of("tickets_number")


def next_numbers(count: int) -> list[int]:
    """So many numbers in one question, ascending."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('tickets_number') FROM generate_series(1, %s)", [count])
        return sorted(int(number) for (number,) in cursor.fetchall())


def _key_of(stage_id: UUID | None) -> str:
    """The key of an admin's status; empty for the category's own word."""
    found = next((each for each in stages.stages().all if each.id == stage_id), None) if stage_id else None
    return found.key if found else ""


_HOLDS = Prepared(lambda ticket: Hold.objects.filter(ticket=ticket).values_list("pk"))
_CLOSURES = Prepared(lambda ticket: Closure.objects.filter(ticket=ticket).values_list("pk"))


class TicketBase(models.Model):
    """What every trait stands on."""

    Status: TypeAlias = Category
    #: The categories in which it is work, and those in which it is over.
    LIVE: ClassVar = LIVE
    DONE: ClassVar = DONE

    class MoveForbidden(Exception):
        """The role does not move tickets from this status to that one; args[0] is the words of the latter."""

    class FieldsMissing(Exception):
        """Fields that must be filled in before; args[0] is their labels by key."""

    class Priority(models.IntegerChoices):
        LOW = 1, _("Low")
        NORMAL = 2, _("Normal")
        HIGH = 3, _("High")
        URGENT = 4, _("Urgent")

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    number = models.BigIntegerField(unique=True, default=next_number, editable=False)
    subject = models.CharField(max_length=500)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.NEW)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=12, blank=True)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="+")
    owner = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    requester = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    #: Since when the customer waits for a word from us: the oldest unanswered message; None when answered.
    waiting_since = models.DateTimeField(null=True)
    last_received_at = models.DateTimeField(null=True)
    snippet = models.CharField(max_length=200, blank=True)
    #: The admin's status within the category; None: the category's own word.
    stage = models.ForeignKey(
        "tickets.Status", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    #: The values of custom fields by key, as `handrail.fields` checks them.
    fields = models.JSONField(default=dict, db_default={})
    #: Where its messages are now; the merge itself is a row of its own.
    merged_into = models.ForeignKey(
        "tickets.Ticket", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects: ClassVar[Any] = Tickets.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[*LIVE, *DONE, TRASHED]), name="ticket_status_is_known"
            ),
            models.CheckConstraint(condition=Q(priority__range=(1, 4)), name="ticket_priority_is_1_to_4"),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | Q(status=TRASHED)
                | ~Q(status__in=["merged", TRASHED]) & Q(merged_into=None),
                name="merged_ticket_says_where_it_went",
            ),
            models.CheckConstraint(
                condition=Q(status__in=LIVE) | Q(waiting_since=None), name="nobody_waits_on_a_done_ticket"
            ),
        ]
        indexes = [
            models.Index(
                F("waiting_since").asc(nulls_last=True),
                F("updated_at").desc(),
                condition=Q(status__in=LIVE),
                name="ticket_live_by_wait",
            ),
            models.Index(
                F("waiting_since").asc(nulls_last=True),
                F("updated_at").desc(),
                F("id").desc(),
                condition=Q(status__in=LIVE, owner=None),
                name="ticket_unowned_by_wait",
            ),
            models.Index(
                F("status"),
                F("waiting_since").asc(nulls_last=True),
                F("updated_at").desc(),
                F("id").desc(),
                condition=Q(status__in=["waiting", "hold"]),
                name="ticket_idle_by_wait",
            ),
            models.Index(
                fields=["owner", "status"], condition=Q(status__in=LIVE), name="ticket_live_by_owner"
            ),
            models.Index(fields=["team", "status"], condition=Q(status__in=LIVE), name="ticket_live_by_team"),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="ticket_by_survivor"
            ),
            models.Index(fields=["stage"], condition=~Q(stage=None), name="ticket_by_stage"),
            GinIndex(
                fields=["fields"],
                opclasses=["jsonb_path_ops"],
                condition=~Q(fields={}),
                name="ticket_by_fields",
            ),
            models.Index(fields=["-updated_at", "-id"], name="ticket_by_change"),
            models.Index(fields=["brand", "-updated_at"], name="ticket_by_brand"),
            models.Index(
                fields=["-updated_at", "-id"],
                condition=Q(status__in=["solved", "closed"]),
                name="ticket_over_by_change",
            ),
            models.Index(
                fields=["status", "-updated_at"],
                condition=Q(status__in=["merged", "spam"]),
                name="ticket_aside_by_change",
            ),
            models.Index(fields=["requester", "-created_at"], name="ticket_by_requester"),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.subject}"

    @property
    def is_done(self) -> bool:
        """Whether the work on it is over, in whatever way."""
        return self.status not in LIVE

    def turn(
        self, status: Category, *, at: datetime, leaving: Collection[Category] = MOVABLE, **columns: Any
    ) -> bool:
        """Bring the ticket into a status by one conditional UPDATE; False when it already was there.

        Of two people who try at once, one gets True. leaving: from which statuses it may go; a merged ticket
        stays merged unless this says so. What said why the former status stood, the hold or the closure,
        goes with it.
        """
        was, was_stage = self.status, self.stage_id
        rows = type(self).objects.filter(pk=self.pk, status__in=set(leaving) - {status})
        columns.setdefault("stage_id", None)
        if status in DONE:
            columns["waiting_since"] = None
        if not rows.update(status=status, updated_at=at, **columns):
            return False
        self._remember(status=status, updated_at=at, **columns)
        self._forget_reasons(status)
        known = {"was_stage": _key_of(was_stage), "now_stage": _key_of(self.stage_id)}
        publish(StatusChanged(ticket_id=self.pk, was=was, now=status, at=at, **known))
        return True

    def mind_move(self, status: Category, stage_id: UUID | None = None, *, by: Agent | None) -> None:
        """Raise MoveForbidden or FieldsMissing when this agent may not move it so; the desk itself may."""
        if by is None:
            return
        every = stages.stages()
        was, now = every.of(self.status, self.stage_id), every.of(status, stage_id)
        if was.key == now.key:
            return
        if not every.may(by.user.role.key, was.key, now.key):
            raise self.MoveForbidden(now.words)
        if missing := circumstances.missing_fields(self, was, now, by=by):
            raise self.FieldsMissing(missing)

    def change(self, *, at: datetime, **columns: Any) -> None:
        """Write columns without a condition, and keep this object in step."""
        type(self).objects.filter(pk=self.pk).update(updated_at=at, **columns)
        self._remember(updated_at=at, **columns)

    def tell(self, fact: TicketFact) -> None:
        """Publish a fact about this ticket and wake the browsers that show it."""
        publish(fact)
        touch_all(self.panels, number=self.number)

    @property
    def panels(self) -> list[tuple[str, str]]:
        """Whatever shows this ticket: the topics that browsers watch, and which panel of each."""
        panels = [(f"ticket:{self.pk}", "ticket"), (f"brand:{self.brand_id}", "list")]
        if self.team_id:
            panels.append((f"team:{self.team_id}", "list"))
        return panels

    def _forget_reasons(self, status: Category) -> None:
        if status != Category.HOLD and _HOLDS.rows(ticket=self.pk):
            Hold.objects.filter(ticket_id=self.pk).delete()
        if status in LIVE and _CLOSURES.rows(ticket=self.pk):
            Closure.objects.filter(ticket_id=self.pk).delete()

    def _remember(self, **columns: Any) -> None:
        for name, value in columns.items():
            setattr(self, name, value)

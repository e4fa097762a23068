"""Recurring tickets, and the runs that opened one for a day."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handrail.accounts import audit
from handrail.accounts.models import Brand
from handrail.calendars.days_off import DaysOff
from handrail.customers.models import Person
from handrail.kit import ids
from handrail.team.models import Agent
from handrail.tickets.events import RecurringChanged
from handrail.tickets.models.decided import Decided
from handrail.tickets.models.ticket_template import TicketTemplate
from handrail.tickets.recurring.rule import Rule, Unit, WhenOff, moment_of


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything somebody decides about a recurring ticket.

    person: whom it is for; None for work of our own. outlet: from where it speaks, as `outlets` keys it.
    owner: on whose behalf it opens, and who is told when one was not done.
    lead_days: so many days before each day of the rule. make_up: what becomes of days missed meanwhile.
    """

    name: str
    template: TicketTemplate
    person: Person | None
    brand: Brand
    outlet: str
    owner: Agent
    rule: Rule
    at_time: time
    zone: str
    lead_days: int = 0
    make_up: str = "last"


class RecurringTickets(models.QuerySet["RecurringTicket"]):
    """Chains that start from recurring tickets."""

    def visible_to(self, agent: Agent) -> "RecurringTickets":
        """Those of the agent's brands."""
        return self.filter(brand__in=agent.brand_ids)


class RecurringTicket(Decided):
    """A ticket that opens by itself on the days of a rule.

    next_on: the first day that has no run yet; None at the end of the rule. next_at: when that run is due;
    None also while it is paused.
    """

    class MakeUp(models.TextChoices):
        """What becomes of days that were missed because the desk stood still."""

        ALL = "all", _("One ticket for each")
        LAST = "last", _("One ticket for the last of them")

    DECIDED: ClassVar = (
        *("name", "template_id", "person_id", "brand_id", "outlet", "owner_id"),
        *("unit", "interval", "weekdays", "nth", "day", "starts_on", "ends_on", "times"),
        *("when_off", "off_region", "off_weekends", "off_dates", "at_time", "zone", "lead_days", "make_up"),
    )
    CHANGED: ClassVar = RecurringChanged

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    name = models.CharField(max_length=100)
    template = models.ForeignKey(TicketTemplate, on_delete=models.PROTECT, related_name="recurring")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    outlet = models.CharField(max_length=40)
    owner = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=5, choices=Unit.choices)
    interval = models.PositiveSmallIntegerField(default=1)
    weekdays = models.JSONField(default=list)
    nth = models.SmallIntegerField(null=True)
    day = models.SmallIntegerField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    times = models.PositiveIntegerField(null=True)
    when_off = models.CharField(
        max_length=4, choices=WhenOff.choices, default=WhenOff.STAY, db_default=WhenOff.STAY
    )
    off_region = models.CharField(max_length=30, blank=True, default="", db_default="")
    off_weekends = models.BooleanField(default=False, db_default=False)
    off_dates = models.JSONField(default=list, db_default=[])
    at_time = models.TimeField()
    zone = models.CharField(max_length=50)
    lead_days = models.PositiveSmallIntegerField(default=0)
    make_up = models.CharField(max_length=4, choices=MakeUp.choices, default=MakeUp.LAST)
    paused_at = models.DateTimeField(null=True)
    next_on = models.DateField(null=True)
    next_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = RecurringTickets.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="recurring_ticket_has_a_name"),
            models.CheckConstraint(condition=Q(interval__gte=1), name="recurring_interval_is_at_least_one"),
            models.CheckConstraint(
                condition=Q(next_at=None) | Q(next_on__isnull=False, paused_at=None),
                name="recurring_ticket_is_due_for_a_day_and_not_paused",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(next_at__isnull=False), name="recurring_ticket_by_next"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rule(self) -> Rule:
        """On which days."""
        columns = ("interval", "nth", "day", "starts_on", "ends_on", "times")
        plain: dict[str, Any] = {name: getattr(self, name) for name in columns}
        off = DaysOff(region=self.off_region, own=tuple(self.off_dates), weekends=self.off_weekends)
        plain |= {"when_off": WhenOff(self.when_off), "off": off}
        return Rule(unit=Unit(self.unit), weekdays=tuple(self.weekdays), **plain)

    def moment_of(self, day: date) -> datetime:
        """When the ticket for this day opens."""
        return moment_of(day, at_time=self.at_time, zone=self.zone, lead_days=self.lead_days)

    def own_moment_of(self, day: date) -> datetime:
        """The moment that the day stands for, whenever its ticket opens."""
        return moment_of(day, at_time=self.at_time, zone=self.zone)

    @classmethod
    @transaction.atomic
    def make(cls, plan: Plan, *, by: Agent, at: datetime) -> "RecurringTicket":
        """A new one. Days that have passed already are no missed ones."""
        made = cls(made_by=by, created_at=at)
        made._follow(plan, at=at)
        audit.record("recurring.made", by=by.user, about=made, at=at, template=plan.template.name)
        return made

    @transaction.atomic
    def change(self, plan: Plan, *, by: Agent, at: datetime) -> None:
        """Another plan from now on; tickets that opened by it stay as they are."""
        was = self.decided
        self._follow(plan, at=at)
        self.tell_change(was, by=by.user, at=at)
        audit.record("recurring.changed", by=by.user, about=self, at=at, template=plan.template.name)

    @transaction.atomic
    def put_back(self, change_id: int, *, by: Agent, at: datetime) -> None:
        """The plan as it was before that change, from now on. Raises Superseded."""
        was = self.decided
        self.take_up(change_id)
        self.updated_at = at
        self.aim(after=None, not_before=at)
        self.save()
        self.tell_change(was, by=by.user, at=at)
        audit.record("recurring.changed", by=by.user, about=self, at=at, template=self.template.name)

    @transaction.atomic
    def pause(self, *, by: Agent, at: datetime) -> None:
        """Open nothing until it goes on."""
        self.paused_at, self.next_at, self.updated_at = at, None, at
        self.save(update_fields=["paused_at", "next_at", "updated_at"])
        audit.record("recurring.paused", by=by.user, about=self, at=at)

    @transaction.atomic
    def go_on(self, *, by: Agent, at: datetime) -> None:
        """Open tickets again, from the next day on; what fell into the pause is left out."""
        self.paused_at, self.updated_at = None, at
        self.aim(after=None, not_before=at)
        self.save(update_fields=["paused_at", "next_on", "next_at", "updated_at"])
        audit.record("recurring.gone-on", by=by.user, about=self, at=at)

    @transaction.atomic
    def discard(self, *, by: Agent, at: datetime) -> None:
        """Forget the rule and its runs; the tickets that it opened stay."""
        audit.record("recurring.deleted", by=by.user, about=self, at=at, template=self.template.name)
        self.delete()

    def aim(self, *, after: date | None, not_before: datetime | None = None) -> None:
        """At the next day behind `after` that has no run yet; unsaved. not_before: of those still to come."""
        done = set(self.runs.values_list("on", flat=True)) if after is None else set()
        ahead = (day for day in self.rule.days(after=after) if day not in done)
        if not_before is not None:
            ahead = (day for day in ahead if self.own_moment_of(day) >= not_before)
        self.next_on = next(ahead, None)
        self.next_at = self.moment_of(self.next_on) if self.next_on and not self.paused_at else None

    def _follow(self, plan: Plan, *, at: datetime) -> None:
        for name in ("name", "template", "person", "brand", "outlet", "owner", "at_time", "zone"):
            setattr(self, name, getattr(plan, name))
        self.lead_days, self.make_up = plan.lead_days, plan.make_up
        rule = plan.rule
        for name in ("unit", "interval", "nth", "day", "starts_on", "ends_on", "times", "when_off"):
            setattr(self, name, getattr(rule, name))
        off = rule.off
        self.off_region, self.off_weekends, self.off_dates = off.region, off.weekends, list(off.own)
        self.weekdays, self.updated_at = list(rule.weekdays), at
        self.aim(after=None, not_before=at)
        self.save()


class RecurringRun(models.Model):
    """The ticket that was opened for one day. skipped: so many days before it were left out.

    trouble: what could not be done, by its key in `recurring.troubles`, with a word behind a blank.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    recurring = models.ForeignKey(RecurringTicket, on_delete=models.CASCADE, related_name="runs")
    on = models.DateField()
    ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    skipped = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-on",)
        constraints = [
            models.UniqueConstraint(fields=["recurring", "on"], name="recurring_ticket_opens_once_a_day")
        ]
        indexes = [
            models.Index(fields=["ticket"], condition=Q(ticket__isnull=False), name="recurring_run_by_ticket")
        ]

"""Work on many tickets at once: what is to be done, and what became of each."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from handrail.events.live import touch
from handrail.kit import drains, ids
from handrail.team.models import Agent


class BulkOrder(models.Model):
    """One choice of tickets and what is done with each of them.

    chosen: how they were chosen, in the language of filters; empty when picked one by one. despite: why those
    end that something open holds up; empty: they are left as they are.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        RUNNING = "running", "running"
        STOPPED = "stopped", "stopped"
        DONE = "done", "done"
        REVERTING = "reverting", "reverting"
        REVERTED = "reverted", "reverted"

    class NotNow(Exception):
        """The order is not in a state for that; perhaps somebody was faster."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    chosen = models.CharField(max_length=1000, blank=True)
    actions = models.JSONField(default=list)
    despite = models.CharField(max_length=200, blank=True, default="", db_default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    total = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="planned") | Q(began_at__isnull=False), name="work_in_bulk_has_a_beginning"
            )
        ]
        indexes = [
            models.Index(
                fields=["made_at"],
                condition=Q(state__in=["running", "reverting"]),
                name="bulk_under_way",
            ),
            models.Index(fields=["by", "-made_at"], name="bulk_by_agent"),
        ]

    def plan(self, actions: Sequence[Sequence[str]]) -> None:
        """Decide what is to be done. Raises NotNow once it has begun."""
        rows = type(self).objects.filter(pk=self.pk, state=self.State.PLANNED)
        if not rows.update(actions=[list(pair) for pair in actions]):
            raise self.NotNow
        self.actions = [list(pair) for pair in actions]

    def start(self, *, despite: str = "", at: datetime) -> None:
        """Begin, or go on after a stop, for the reason given before. Raises NotNow."""
        why = {"despite": despite[:200]} if despite else {}
        self._go(self.State.RUNNING, leaving=(self.State.PLANNED, self.State.STOPPED), at=at, **why)

    def stop(self, *, at: datetime) -> None:
        """What is done stays done; the rest is left as it is. Raises NotNow."""
        leaving = (self.State.RUNNING, self.State.REVERTING)
        if not self._turn(self.State.STOPPED, leaving=leaving, ended_at=at):
            raise self.NotNow

    def revert(self, *, at: datetime) -> None:
        """Take back what was done, ticket by ticket. Raises NotNow."""
        self._go(self.State.REVERTING, leaving=(self.State.DONE, self.State.STOPPED), at=at)

    def end(self, *, at: datetime, trouble: str = "") -> None:
        """Every ticket has had its turn, or nothing more can be done."""
        ends = self.State.REVERTED if self.state == self.State.REVERTING else self.State.DONE
        ends = self.State.STOPPED if trouble else ends
        self._turn(ends, leaving=(self.state,), ended_at=at, trouble=trouble)

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.RUNNING, self.State.REVERTING)

    def touch(self) -> None:
        """Wake the browsers that look on."""
        touch(f"bulk:{self.pk}", "progress")

    @transaction.atomic
    def _go(self, state: str, *, leaving: Sequence[str], at: datetime, **more: object) -> None:
        begins: dict[str, object] = {"began_at": self.began_at or at, "ended_at": None, "trouble": ""}
        if not self._turn(state, leaving=leaving, **begins, **more):
            raise self.NotNow
        drains.wake("bulk")

    def _turn(self, state: str, *, leaving: Sequence[str], **columns: object) -> bool:
        """One conditional UPDATE: of two people who press at once, one gets True."""
        rows = type(self).objects.filter(pk=self.pk, state__in=leaving)
        if not rows.update(state=state, **columns):
            return False
        self.state = state
        self.touch()
        return True


class BulkItem(models.Model):
    """One ticket of an order. was and now: the columns it changed, so that it can be taken back.

    changes: (what, was, now) in words, for the report.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        DONE = "done", "done"
        SAME = "same", "same"
        FAILED = "failed", "failed"
        REVERTED = "reverted", "reverted"
        KEPT = "kept", "kept"

    id = models.BigAutoField(primary_key=True)
    order = models.ForeignKey(BulkOrder, on_delete=models.CASCADE, related_name="items")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    trouble = models.CharField(max_length=300, blank=True)
    was = models.JSONField(default=dict)
    now = models.JSONField(default=dict)
    changes = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "ticket"], name="ticket_is_in_an_order_once")]
        indexes = [models.Index(fields=["order", "state", "id"], name="bulk_item_by_state")]

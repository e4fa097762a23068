"""Checklists of a ticket and the tasks on them: what is to do besides answering, by whom and until when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from handrail.kit import ids
from handrail.team.models import Agent

LONGEST_TITLE, LONGEST_TEXT = 100, 300


def _tickets_of(agent: Agent, rows: "type[Checklist]") -> Any:
    """What the agent may see of the tickets that checklists lie on."""
    return rows._meta.get_field("ticket").related_model.objects.visible_to(agent).order_by()  # type: ignore[union-attr]


class Checklists(models.QuerySet["Checklist"]):
    """Chains that start from checklists."""

    def visible_to(self, agent: Agent) -> "Checklists":
        """Those on tickets that the agent may see; the removed ones too."""
        return self.filter(ticket__in=_tickets_of(agent, Checklist))

    def standing(self) -> "Checklists":
        return self.filter(removed_at=None)


class Checklist(models.Model):
    """home: the ticket it was put on, while it lies on the one into which that was merged."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, related_name="checklists", db_index=False
    )
    home = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE)
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = Checklists.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="checklist_has_a_title")]
        indexes = [models.Index(fields=["ticket", "id"], name="checklist_by_ticket")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def make(cls, *, ticket_id: UUID, title: str, by: Agent | None, at: datetime) -> "Checklist":
        """A new one, empty; called by `checklists.putting`."""
        return cls.objects.create(ticket_id=ticket_id, title=title, by=by, at=at)


class Tasks(models.QuerySet["Task"]):
    """Chains that start from tasks."""

    def visible_to(self, agent: Agent) -> "Tasks":
        """Those on tickets that the agent may see; the removed ones too."""
        return self.filter(checklist__ticket__in=_tickets_of(agent, Checklist))

    def standing(self) -> "Tasks":
        """Those nobody removed, alone or with their checklist."""
        return self.filter(removed_at=None)

    def open(self) -> "Tasks":
        """Those that are still to do."""
        return self.filter(OPEN)

    def in_order(self) -> "Tasks":
        return self.order_by("position", "id")


#: Still to do. Plain words, so that the conditions of indexes and of queries are written alike.
OPEN = Q(done_at=None, removed_at=None)


class Task(models.Model):
    """Something to do. other: another ticket, with whose end it is done; it stands for a text of its own.

    required: the ticket does not end while it is open, unless somebody says why. reminded_at: when its owner
    was told that it is due.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="tasks", db_index=False)
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)
    required = models.BooleanField(default=True)
    owner = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    due_at = models.DateTimeField(null=True)
    other = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    objects = Tasks.as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(other__isnull=False), name="task_says_what_is_to_do"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=False) | Q(done_by=None), name="open_task_was_done_by_nobody"
            ),
        ]
        indexes = [
            models.Index(fields=["checklist", "position"], name="task_by_checklist"),
            models.Index(fields=["owner", "due_at"], condition=OPEN, name="task_open_by_owner"),
            models.Index(
                fields=["due_at"],
                condition=OPEN & Q(owner__isnull=False, due_at__isnull=False, reminded_at=None),
                name="task_to_remind_of",
            ),
            models.Index(
                fields=["other"], condition=Q(other__isnull=False, removed_at=None), name="task_by_other"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def write_down(cls, rows: Sequence["Task"]) -> list["Task"]:
        """Keep new tasks; called by `checklists.putting`."""
        return cls.objects.bulk_create(rows)

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def turn_done(self, *, by: Agent | None, at: datetime) -> bool:
        """Tick it off; False when it is, or was removed. by: None when a ticket came to its end."""
        return self.turn(when=OPEN, done_at=at, done_by=by)

    def turn_open(self) -> bool:
        """Take the tick away; False when there is none, or it was removed."""
        return self.turn(when=Q(done_at__isnull=False, removed_at=None), done_at=None, done_by=None)

    def turn(self, *, when: Q, **columns: Any) -> bool:
        """Write columns by one conditional UPDATE; False when `when` does not hold any more."""
        if not type(self).objects.filter(when, pk=self.pk).update(**columns):
            return False
        for name, value in columns.items():
            setattr(self, name, value)
        return True

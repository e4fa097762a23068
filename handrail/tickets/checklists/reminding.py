"""Tasks whose moment has come: their owners are told by every worker's drain, each once."""

from django.db import transaction
from django.db.models.functions import Now

from handrail.kit import clock, drains
from handrail.tickets.checklists.holding import tell
from handrail.tickets.events import TaskDueReached
from handrail.tickets.models import Task, Ticket

#: Told in one transaction.
BATCH = 100


@drains.drain("tasks")
def take_batch() -> int:
    """By the clock of the database; on tickets that are done nothing is due. Returns how many were told."""
    with transaction.atomic():
        due = Task.objects.open().filter(owner__isnull=False, reminded_at=None, due_at__lte=Now())
        due = due.filter(checklist__ticket__status__in=Ticket.LIVE).select_related("checklist__ticket")
        tasks = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "id")[:BATCH])
        at = clock.now()
        Task.objects.filter(pk__in=[task.pk for task in tasks]).update(reminded_at=at)
        for task in tasks:
            tell(TaskDueReached, task, by=None, at=at, owner_id=task.owner_id, due_at=task.due_at)
    return len(tasks)

"""Deleted tickets whose days in the trash are over are removed for good, with everything that hung on them.

What happened stays on the timeline without a word of anybody; rooms above react to the fact and clear theirs.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from handrail.events import publish
from handrail.events.blanking import blank
from handrail.files import forgetting
from handrail.tickets.events import TicketPurged
from handrail.tickets.models import Attachment, Checklist, Deletion, Draft, Message, Ticket, TimeEntry

log = structlog.get_logger()
#: In one transaction.
AT_ONCE = 10


def due(*, at: datetime) -> "QuerySet[Deletion]":
    """What has lain in the trash long enough."""
    since = at - timedelta(days=settings.TRASH_DAYS)
    return Deletion.objects.filter(along_with=None, at__lt=since)


@transaction.atomic
def purge_some(*, at: datetime) -> int:
    """Remove the oldest of them; returns how many. Two who do it at once take different ones."""
    rows = due(at=at).select_for_update(skip_locked=True).order_by("at", "id")[:AT_ONCE]
    chosen = [row.ticket_id for row in rows]
    for ticket in Ticket.objects.filter(pk__in=chosen):
        purge(ticket, at=at)
    return len(chosen)


@transaction.atomic
def purge(ticket: Ticket, *, at: datetime) -> None:
    """Remove a ticket in the trash, and those that were merged into it. Raises NotInTrash."""
    ticket.lock()
    if not Deletion.objects.filter(ticket=ticket.pk, along_with=None).exists():
        raise Ticket.NotInTrash
    keys = list(ticket.all_below())
    messages = list(Message.objects.filter(ticket__in=keys).order_by().values_list("pk", flat=True))
    files = _files_on(keys, messages)
    for key, number in Ticket.objects.filter(pk__in=keys).values_list("pk", "number"):
        publish(TicketPurged(ticket_id=key, number=number, at=at))
    for lying in (Message, Checklist, TimeEntry):  # what was put on a merged one and lies on one that stays
        lying.objects.filter(home__in=keys).exclude(ticket__in=keys).update(home=None)
    Ticket.objects.filter(pk__in=keys).update(merged_into=None)
    Ticket.objects.filter(pk__in=keys).delete()
    forgetting.forget(files, at=at)
    blank([*keys, *messages])
    log.info("tickets.purged", ticket=str(ticket.pk), messages=len(messages), files=len(files))


def _files_on(tickets: Collection[UUID], messages: Collection[UUID]) -> set[UUID]:
    attached = Attachment.objects.filter(message__in=messages).values_list("stored_id", flat=True)
    drafted = Draft.files.through.objects.filter(draft__ticket__in=tickets)
    return {*attached, *drafted.values_list("storedfile_id", flat=True)}

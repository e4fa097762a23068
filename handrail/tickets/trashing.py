"""Whether the trash is in order, as the doctor asks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from handrail.search import indexing
from handrail.search.models import Document
from handrail.tickets import purging
from handrail.tickets.models import Deletion, Ticket
from handrail.tickets.models.categories import TRASHED

#: A worker that was away for a day is no trouble.
LATE = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Amiss:
    """How many lie there; how many of them have lost their way back, are found, or stayed too long."""

    lying: int
    astray: int
    findable: int
    overdue: int


def amiss(*, at: datetime) -> Amiss:
    """What is wrong with the trash now."""
    lost = Ticket.objects.filter(status=TRASHED, deletion=None).count()
    undeleted = Deletion.objects.exclude(ticket__status=TRASHED).count()
    return Amiss(
        lying=Deletion.objects.count(),
        astray=lost + undeleted,
        findable=Document.objects.filter(owner__in=_lying()).count(),
        overdue=purging.due(at=at - LATE).count(),
    )


def hide() -> None:
    """Take what is left of deleted tickets out of the index."""
    for owner in Document.objects.filter(owner__in=_lying()).values_list("owner", flat=True).distinct():
        indexing.drop_all(owner)


def _lying() -> "QuerySet[Deletion, Any]":
    return Deletion.objects.order_by().values("ticket")

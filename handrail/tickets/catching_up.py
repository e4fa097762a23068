"""Documents that lay here before anybody read them, or came by a road that reads none: read one by one.

What was read is known by its bytes, so that a job that was killed goes on where it stood.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from handrail.files import words
from handrail.tickets import texts
from handrail.tickets.models import Attachment


def left() -> int:
    """How many documents nobody has read yet."""
    return _unread().order_by().values("stored__sha256").distinct().count()


def has_left() -> bool:
    """Whether there are any."""
    return _unread().order_by().exists()


def read_next(*, after: UUID | None = None, at: datetime) -> UUID | None:
    """Read one, and let every message with it be found by its words; None when none is left.

    after: the place where the last one was, as it was returned; those before it are not looked through again.
    """
    rows = _unread().filter(pk__gt=after) if after else _unread()
    found = rows.select_related("stored").order_by("pk").first()
    if found is None:
        return None
    same = Attachment.objects.filter(stored__sha256=found.stored.sha256, inline=False).order_by()
    with transaction.atomic():
        words.read_words([found.stored], at=at)
        texts.index(list(same.values_list("message", flat=True).distinct()))
    return found.pk


def _unread() -> "QuerySet[Attachment]":
    return Attachment.objects.filter(inline=False, stored__in=words.unread())

"""Files that nothing points at any more: the record goes at once, the bytes a day later."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from handrail.files.models import DocumentText, Leftover, StoredFile, path_of

#: Whoever stores the same bytes meanwhile finds them there and touches them, and has written its record long
#: before this is over.
GRACE = timedelta(days=1)
AT_ONCE = 500


@transaction.atomic
def forget(stored_ids: Collection[UUID], *, at: datetime) -> None:
    """Remove those of these files that hang nowhere any more."""
    unused = set(stored_ids) - {key for keys in _pointers_at(stored_ids) for key in keys}
    gone = StoredFile.objects.filter(pk__in=unused)
    digests = set(gone.values_list("sha256", flat=True))
    gone.delete()
    named = set(StoredFile.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    DocumentText.objects.filter(sha256__in=digests - named).delete()
    rows = [Leftover(sha256=digest, at=at) for digest in digests]
    Leftover.objects.bulk_create(rows, ignore_conflicts=True)


def sweep(*, at: datetime) -> int:
    """Delete bytes that no record has named for a day; returns how many files."""
    due = list(Leftover.objects.filter(at__lt=at - GRACE).values_list("sha256", flat=True)[:AT_ONCE])
    named = set(StoredFile.objects.filter(sha256__in=due).values_list("sha256", flat=True))
    for digest in set(due) - named:
        path = path_of(digest)
        with suppress(FileNotFoundError):  # another process sweeps too
            if path.stat().st_mtime < (at - GRACE).timestamp():
                path.unlink()
    Leftover.objects.filter(sha256__in=due).delete()
    return len(due)


def _pointers_at(stored_ids: Collection[UUID]) -> Iterator[set[UUID]]:
    """Whoever points at these, in whichever room: rooms above are known by their foreign keys alone."""
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if relation.auto_created and relation.one_to_many:
            found: Any = relation
            field = found.field.name
            rows = found.related_model._base_manager.filter(**{f"{field}__in": list(stored_ids)})
            yield set(rows.values_list(field, flat=True))

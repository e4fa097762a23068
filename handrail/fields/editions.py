"""What admins set up is read once by each process and again only when somebody changed it.

One row holds a token that each change replaces. Asking for it costs one look at one row; whoever has read
under the same token need not read again. A token, not a count: a change that is taken back leaves nothing
behind that a later one could be mistaken for.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.db.models import QuerySet

from handrail.fields.models.edition import ONLY, Edition
from handrail.kit.prepared import Prepared

T = TypeVar("T")


def current() -> UUID | None:
    """The token of what is set up now; None on a desk where it cannot be known."""
    rows = _CURRENT.rows(only=ONLY)
    return rows[0][0] if rows else None


def advance() -> None:
    """Something was changed: every process reads again. Call it in the transaction of the change."""
    Edition.objects.update_or_create(pk=ONLY, defaults={"token": uuid4()})


class ByEdition(Generic[T]):
    """A read of what is set up, kept until it changes."""

    def __init__(self, read: Callable[[], T]) -> None:
        self.read = read
        self._kept: tuple[UUID, T] | None = None

    def now(self) -> T:
        """What is set up at this moment; one query while nothing changed."""
        return self.at(current())

    def at(self, edition: UUID | None) -> T:
        """The same for whoever has asked for the edition already."""
        kept = self._kept
        if kept and kept[0] == edition:
            return kept[1]
        found = self.read()
        if edition:
            self._kept = edition, found
        return found


def _current(*, only: int) -> "QuerySet[Edition, Any]":
    return Edition.objects.filter(pk=only).values_list("token")


_CURRENT = Prepared(_current)

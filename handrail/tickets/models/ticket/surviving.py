"""A ticket that was merged lives on in another one."""

from functools import cache
from typing import TYPE_CHECKING, cast
from uuid import UUID

from handrail.kit.prepared import Prepared, columns_of
from handrail.tickets.models.categories import TRASHED
from handrail.tickets.models.ticket.base import TicketBase

if TYPE_CHECKING:
    from handrail.tickets.models.ticket import Ticket

#: No chain of merges is longer; each was made by a person.
LONGEST_CHAIN = 1000


@cache
def prepared_of(kind: type[TicketBase]) -> Prepared:
    """Every column of one ticket, whose row is held until the transaction ends."""
    columns = columns_of(kind)
    return Prepared(lambda ticket: kind.objects.select_for_update().filter(pk=ticket).values_list(*columns))


class Surviving(TicketBase):
    """A merged ticket leads to the one that has its messages now, however often that was merged itself."""

    class Meta:
        abstract = True

    class WentInto(Exception):
        """The ticket was merged meanwhile; args[0] is the number of the one that has its messages."""

    class InTrash(Exception):
        """The ticket was deleted meanwhile."""

    def lock(self) -> None:
        """Hold this ticket's row until the transaction ends, and read what it says now."""
        rows = prepared_of(type(self)).rows(ticket=self.pk)
        if not rows:
            raise type(self).DoesNotExist
        for field, value in zip(self._meta.concrete_fields, rows[0], strict=True):
            setattr(self, field.attname, value)

    def survivor(self) -> "Ticket":
        """The ticket that has its messages now: itself, unless it was merged."""
        found: Ticket = cast("Ticket", self)
        for _step in range(LONGEST_CHAIN):
            if found.merged_into_id is None:
                return found
            found = cast("Ticket", type(self).objects.get(pk=found.merged_into_id))
        raise AssertionError(f"The merges of {self} have no end.")

    def lock_survivor(self) -> "Ticket":
        """The same, held until the transaction ends: until then no merge below it is taken back."""
        self.lock()
        found = self.survivor()
        while found.pk != self.pk:
            found.lock()
            if found.merged_into_id is None:
                break
            found = found.survivor()
        return found

    def all_below(self) -> set[UUID]:
        """Its own id and those of all that went into it, however indirectly."""
        found, new = {self.pk}, {self.pk}
        while new:
            new = set(type(self).objects.filter(merged_into__in=new).values_list("pk", flat=True)) - found
            found |= new
        return found

    def mind_the_merge(self) -> None:
        """Raise WentInto when the ticket was merged, InTrash when it was deleted: nobody reads there."""
        if self.status == TRASHED:
            raise self.InTrash
        if self.merged_into_id is not None:
            raise self.WentInto(self.survivor().number)

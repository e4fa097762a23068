"""Links that say what comes first close no circle: neither one by one, nor when tickets become one."""

from collections.abc import Iterable
from uuid import UUID

from handrail.tickets.models import Link, Ticket
from handrail.tickets.models.link import one_at_a_time


class Circular(Exception):
    """It would come before itself. args[0]: the number of a ticket that stands in between."""


def mind_linking(source: Ticket, target: Ticket, kind: Link.Kind) -> None:
    """Raise Circular when the target already comes, by whatever way, before the source."""
    if kind not in Link.DIRECTED:
        return
    one_at_a_time()
    if source.pk in _reached_from({target.pk}, kind):
        raise Circular(target.number)


def mind_merging(tickets: Iterable[Ticket]) -> None:
    """Raise Circular when another ticket comes after one of these and before one of these."""
    together = {ticket.pk for ticket in tickets}
    one_at_a_time()
    for kind in Link.DIRECTED:
        behind = _next_after(together, kind) - together
        for ticket_id in behind:
            if _reached_from({ticket_id}, kind) & together:
                raise Circular(Ticket.objects.get(pk=ticket_id).number)


def _reached_from(start: set[UUID], kind: Link.Kind) -> set[UUID]:
    """The tickets that come after these, however far; of merged ones, those they went into."""
    found, new = set[UUID](), start
    while new:
        new = _next_after(new, kind) - found
        found |= new
    return found


def _next_after(tickets: set[UUID], kind: Link.Kind) -> set[UUID]:
    everywhere = {pk for ticket in Ticket.objects.filter(pk__in=tickets) for pk in ticket.all_below()}
    rows = Link.objects.filter(kind=kind, source__in=everywhere).select_related("target")
    return {link.target.survivor().pk for link in rows} - tickets

"""The tickets of a batch with everything that actions look at, in a handful of questions."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Prefetch

from handrail.team.models import Agent
from handrail.tickets.models import Checklist, Ticket


def loaded(
    keys: Collection[UUID], *, by: Agent, locked: bool = False, trashed: bool = False
) -> dict[UUID, Ticket]:
    """Those that the agent may still see, in the order of their ids; locked until the transaction ends.

    trashed: those too that they may bring back.
    """
    seen = Ticket.objects.visible_to(by)
    rows = seen | Ticket.objects.in_trash_of(by) if trashed else seen
    tickets = rows.filter(pk__in=keys).order_by("id")
    if locked:
        tickets = tickets.select_for_update(of=("self",))
    lists = Prefetch("checklists", Checklist.objects.standing())
    found = tickets.select_related("owner", "team").prefetch_related("taggings__tag", lists)
    return {ticket.pk: ticket for ticket in found}

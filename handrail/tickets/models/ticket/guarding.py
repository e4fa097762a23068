"""A ticket is not done while parts of it, what it waits for, or its tasks are still open."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from textwrap import shorten
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.team.models import Agent
from handrail.tickets.events import EndedDespite
from handrail.tickets.models.categories import LIVE
from handrail.tickets.models.checklist import Task
from handrail.tickets.models.link import Link
from handrail.tickets.models.ticket.surviving import Surviving

if TYPE_CHECKING:
    from handrail.tickets.models.ticket import Ticket

#: Whoever has it ends a ticket all the same, and says why.
OVERRIDE = "tickets.override"
#: So many open tasks are named; of the others it is said how many there are.
NAMED = 5


class Guarding(Surviving):
    """Ending a ticket asks for a reason while its parts, its blockers or its required tasks are open."""

    class Meta:
        abstract = True

    class HeldUp(Surviving.MoveForbidden):
        """Open tickets and tasks stand in the way; args[0] names them, of tickets those the agent may see."""

    def still_open(self) -> "list[Ticket]":
        """Its open parts, and the open tickets that it waits for, as tasks too."""
        ids = self.all_below()
        parts = Q(kind=Link.Kind.PARENT, source__in=ids)
        blockers = Q(kind=Link.Kind.BLOCKS, target__in=ids)
        links = Link.objects.filter(parts | blockers).select_related("source", "target")
        ends = [link.target if link.kind == Link.Kind.PARENT else link.source for link in links]
        named = self._required().filter(other__isnull=False).select_related("other")
        ends += [task.other for task in named if task.other]
        found = {each.pk: each for each in (end.survivor() for end in ends) if each.status in LIVE}
        found.pop(self.pk, None)
        return sorted(found.values(), key=lambda each: each.number)

    def open_tasks(self) -> list[str]:
        """What is still to do before it can end, in the words of its checklists."""
        tasks = self._required().filter(other=None).order_by("checklist_id", "position")
        return list(tasks.values_list("text", flat=True))

    def what_holds_it_up(self, *, by: Agent, also: Sequence[str] = ()) -> str:
        """What is still open, named as HeldUp does; empty when nothing stands in the way of its end.

        also: tasks that will be there by then.
        """
        return _named(self.still_open(), [*self.open_tasks(), *also], by=by)

    def mind_what_is_open(self, *, by: Agent | None, despite: str, at: datetime) -> None:
        """Raise HeldUp; unless the agent may override that and says why. The desk itself may."""
        if by is None:
            return
        standing, tasks = self.still_open(), self.open_tasks()
        if not standing and not tasks:
            return
        if not despite:
            raise self.HeldUp(_named(standing, tasks, by=by))
        if not by.may(OVERRIDE):
            raise PermissionDenied
        self.tell(
            EndedDespite(
                ticket_id=self.pk,
                by_agent_id=by.pk,
                why=despite[:200],
                open_numbers=tuple(each.number for each in standing),
                open_tasks=tuple(tasks),
                at=at,
            )
        )

    def _required(self) -> "QuerySet[Task]":
        return Task.objects.open().filter(checklist__ticket=self.pk, required=True)


def held_among(tickets: "Sequence[Guarding]") -> set[UUID]:
    """Those of many that something open holds up: a few queries, and more only for those that are tied."""
    by_id = {ticket.pk: ticket for ticket in tickets}
    tasks = Task.objects.open().filter(checklist__ticket__in=by_id, required=True)
    held = set(tasks.filter(other=None).values_list("checklist__ticket", flat=True))
    tied = set(tasks.filter(other__isnull=False).values_list("checklist__ticket", flat=True))
    tied |= _tied_by_links(by_id) - held
    return held | {key for key in tied - held if by_id[key].still_open()}


def _tied_by_links(by_id: "Mapping[UUID, Guarding]") -> set[UUID]:
    """Those with parts or blockers, of their own or of what went into them."""
    home = {key: key for key in by_id}
    new = set(home)
    while new and by_id:
        kind = type(next(iter(by_id.values())))
        below = kind.objects.filter(merged_into__in=new).values_list("pk", "merged_into")
        found = {key: home[into] for key, into in below if into and key not in home}
        home |= found
        new = set(found)
    parts = Link.objects.filter(kind=Link.Kind.PARENT, source__in=home).values_list("source", flat=True)
    blocked = Link.objects.filter(kind=Link.Kind.BLOCKS, target__in=home).values_list("target", flat=True)
    return {home[key] for key in [*parts, *blocked]}


def _named(standing: "list[Ticket]", tasks: Sequence[str], *, by: Agent) -> str:
    names = [_("“%(task)s”") % {"task": shorten(text, 60, placeholder="…")} for text in tasks[:NAMED]]
    more = len(tasks) - len(names)
    rest = [ngettext("%(num)s task more", "%(num)s tasks more", more) % {"num": more}] if more else []
    return ", ".join([*_numbers(standing, by=by), *names, *rest])


def _numbers(standing: "list[Ticket]", *, by: Agent) -> list[str]:
    if not standing:
        return []
    rows = type(standing[0]).objects.visible_to(by).filter(pk__in=[each.pk for each in standing])
    numbers = [f"#{number}" for number in rows.order_by("number").values_list("number", flat=True)]
    hidden = len(standing) - len(numbers)
    return [*numbers, *([_("others that you cannot see")] if hidden else [])]

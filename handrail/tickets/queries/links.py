"""A ticket's links as its panel shows them, and the graph around it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handrail.team.models import Agent
from handrail.tickets.linking import way_of
from handrail.tickets.models import Link, Message, Ticket

#: What stands between this ticket and the other one, in the order in which a panel shows them.
WORDS: dict[str, str | Promise] = {
    "child-of": _("Part of"),
    "parent-of": _("Has as parts"),
    "blocked-by": _("Waits for"),
    "blocks": _("Holds up"),
    "duplicate-of": _("Says the same as"),
    "duplicated-by": _("Said again in"),
    "related": _("Has to do with"),
}
#: So far from the ticket, and so many tickets, the graph goes.
STEPS, NODES = 3, 40


@dataclass(frozen=True, kw_only=True)
class Linked:
    """Another ticket, and how this one stands to it."""

    link_id: UUID
    way: str
    ticket: Ticket

    @property
    def words(self) -> str:
        return str(WORDS[self.way])


@dataclass(frozen=True, kw_only=True)
class Edge:
    """A link between two tickets of a graph, from its source."""

    source: Ticket
    target: Ticket
    kind: str

    @property
    def words(self) -> str:
        return str(WORDS[way_of(self.kind, is_source=True)])


@dataclass(frozen=True, kw_only=True)
class Graph:
    """steps: the tickets by how far they are from the first one. cut: there are more."""

    steps: list[list[Ticket]]
    edges: list[Edge]
    cut: bool


def linked_to(ticket: Ticket, *, agent: Agent) -> list[Linked]:
    """The tickets this one is linked with, as far as the agent may see them; for merged, their survivors."""
    found: dict[tuple[str, UUID], Linked] = {}
    for link, source, target in _links_of([ticket], agent=agent):
        is_source = source == ticket
        way = way_of(link.kind, is_source=is_source)
        other = target if is_source else source
        found.setdefault((way, other.pk), Linked(link_id=link.pk, way=way, ticket=other))
    order = list(WORDS)
    return sorted(found.values(), key=lambda each: (order.index(each.way), each.ticket.number))


def live_ones(ticket: Ticket, ways: Iterable[str], *, agent: Agent) -> list[Ticket]:
    """The tickets linked in one of these ways that are still work."""
    wanted = set(ways)
    linked = [each.ticket for each in linked_to(ticket, agent=agent) if each.way in wanted]
    return [each for each in linked if not each.is_done]


def newest_on(ticket: Ticket) -> UUID | None:
    """The newest message in public, which who answers has seen."""
    said = Message.objects.filter(ticket=ticket).exclude(kind=Message.Kind.NOTE).order_by("-id")
    return said.values_list("pk", flat=True).first()


def graph_around(ticket: Ticket, *, agent: Agent) -> Graph:
    """What can be reached from the ticket over links, nearest first; only what the agent may see."""
    steps, edges = [[ticket]], dict[tuple[str, UUID, UUID], Edge]()
    known, cut = {ticket.pk}, False
    while steps[-1] and len(steps) <= STEPS:
        new: list[Ticket] = []
        for link, source, target in _links_of(steps[-1], agent=agent):
            for each in (source, target):
                if each.pk not in known and len(known) < NODES:
                    known.add(each.pk)
                    new.append(each)
            if {source.pk, target.pk} <= known:
                edge = Edge(source=source, target=target, kind=link.kind)
                edges.setdefault((link.kind, source.pk, target.pk), edge)
            else:
                cut = True
        steps.append(new)
    return Graph(steps=[step for step in steps if step], edges=list(edges.values()), cut=cut)


def _links_of(tickets: list[Ticket], *, agent: Agent) -> list[tuple[Link, Ticket, Ticket]]:
    """Links of these tickets with both ends as they are now, in order; never from a ticket to itself."""
    everywhere = {pk for ticket in tickets for pk in ticket.all_below()}
    rows = Link.objects.filter(Q(source__in=everywhere) | Q(target__in=everywhere))
    links = list(rows.select_related("source", "target"))
    ends = [(link, link.source.survivor(), link.target.survivor()) for link in links]
    wanted = {each.pk for _link, source, target in ends for each in (source, target)}
    visible = Ticket.objects.visible_to(agent).filter(pk__in=wanted).select_related("requester", "owner")
    seen: dict[UUID, Ticket] = {ticket.pk: ticket for ticket in visible}
    return [
        (link, seen[source.pk], seen[target.pk])
        for link, source, target in ends
        if source.pk in seen and target.pk in seen and source.pk != target.pk
    ]

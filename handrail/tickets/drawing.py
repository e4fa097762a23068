"""Where the tickets of a graph stand on a drawing: one column for each step, arrows between them."""

from dataclasses import dataclass

from handrail.tickets.models import Ticket
from handrail.tickets.queries.links import Edge, Graph

WIDTH, HEIGHT = 208, 52
GAP_ACROSS, GAP_DOWN = 96, 20
MARGIN = 12
#: So many characters of a subject fit into a box.
FITS = 26


@dataclass(frozen=True, kw_only=True)
class Box:
    """A ticket on the drawing; x and y of its upper corner."""

    ticket: Ticket
    x: int
    y: int
    first: bool

    @property
    def subject(self) -> str:
        subject = self.ticket.subject
        return subject if len(subject) <= FITS else f"{subject[: FITS - 1].rstrip()}…"


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """A link on the drawing, from box to box. middle: where its words stand."""

    edge: Edge
    start: tuple[int, int]
    end: tuple[int, int]

    @property
    def middle(self) -> tuple[int, int]:
        return (self.start[0] + self.end[0]) // 2, (self.start[1] + self.end[1]) // 2 - 4


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Everything that is drawn, and how large that is."""

    boxes: list[Box]
    arrows: list[Arrow]
    width: int
    height: int


def drawn(graph: Graph) -> Drawing:
    """The drawing of a graph."""
    boxes = [
        Box(
            ticket=ticket,
            x=MARGIN + across * (WIDTH + GAP_ACROSS),
            y=MARGIN + down * (HEIGHT + GAP_DOWN),
            first=across == 0,
        )
        for across, step in enumerate(graph.steps)
        for down, ticket in enumerate(step)
    ]
    place = {box.ticket.pk: box for box in boxes}
    arrows = [_arrow(edge, place[edge.source.pk], place[edge.target.pk]) for edge in graph.edges]
    return Drawing(
        boxes=boxes,
        arrows=arrows,
        width=max(box.x for box in boxes) + WIDTH + MARGIN,
        height=max(box.y for box in boxes) + HEIGHT + MARGIN,
    )


def _arrow(edge: Edge, source: Box, target: Box) -> Arrow:
    """From the side of the one that faces the other; within a column along its edge."""
    if source.x < target.x:
        start, end = (source.x + WIDTH, source.y + HEIGHT // 2), (target.x, target.y + HEIGHT // 2)
    elif source.x > target.x:
        start, end = (source.x, source.y + HEIGHT // 2), (target.x + WIDTH, target.y + HEIGHT // 2)
    else:
        down = source.y < target.y
        middle = source.x + WIDTH // 2
        start = (middle, source.y + (HEIGHT if down else 0))
        end = (middle, target.y + (0 if down else HEIGHT))
    return Arrow(edge=edge, start=start, end=end)

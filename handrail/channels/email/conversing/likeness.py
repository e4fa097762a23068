"""A mail as it may be quoted, and how much speaks for a quotation being of it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from handrail.channels.email.conversing.introductions import days_around
from handrail.channels.email.conversing.letters import Letter, Quotation
from handrail.channels.email.conversing.naming import Naming

#: From so many points on a quotation is of that mail.
ENOUGH = 18
#: For all the words it quotes, and for what its introduction tells: author, minute, day, id.
WORDS, AUTHOR, MINUTE, DAY, NAMED = 25, 10, 20, 7, 50
#: Against it: another author, another minute or day.
OTHER_AUTHOR, OTHER_MOMENT = -15, -30
#: Fewer rows of words in common are chance.
ROWS_IN_COMMON = 3


@dataclass(eq=False, slots=True)
class Node:
    """A mail among others that answer each other. letter: None for one that is known from quotations only."""

    naming: Naming
    letter: Letter | None = None
    parent: "Node | None" = None
    rows: set[int] = field(default_factory=set)
    authors: frozenset[str] = frozenset()
    days: frozenset[tuple[int, int]] = frozenset()
    minute: tuple[int, int] | None = None
    ids: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, letter: Letter) -> "Node":
        return cls(
            naming=letter.naming,
            letter=letter,
            rows=set(letter.own),
            authors=frozenset({letter.author}),
            days=days_around(letter.at),
            minute=(letter.at.hour, letter.at.minute),
            ids={letter.message_id},
        )

    def line(self) -> Iterator["Node"]:
        """Itself, what it answers, what that answers, and so on."""
        node: Node | None = self
        while node:
            yield node
            node = node.parent

    def answer(self, other: "Node") -> None:
        """Unless it answers something already, or that would go round."""
        if self.parent is None and self not in other.line():
            self.parent = other

    def learn(self, quotation: Quotation, authors: frozenset[str]) -> None:
        """What one more quotation tells of an absent mail."""
        self.rows |= quotation.rows
        self.ids |= quotation.told.ids
        self.authors = self.authors or authors
        self.days = self.days or quotation.told.days
        self.minute = self.minute or quotation.told.minute


def likest(quotation: Quotation, authors: Collection[str], nodes: Iterable[Node]) -> Node | None:
    """Of which of the mails the quotation is, if of any. authors: whom its introduction means."""
    best, most = None, float(ENOUGH)
    for node in nodes:
        if (points := _points(quotation, authors, node)) >= most:
            best, most = node, points
    return best


def _points(quotation: Quotation, authors: Collection[str], node: Node) -> float:
    points = _points_of_words(quotation.rows, node.rows) + _points_of_time(quotation, node)
    if authors and node.authors:
        points += OTHER_AUTHOR if node.authors.isdisjoint(authors) else AUTHOR
    return points if node.ids.isdisjoint(quotation.told.ids) else points + NAMED


def _points_of_words(quoted: frozenset[int], said: set[int]) -> float:
    """Of the shorter one: people quote a part of a mail, and a quotation is cut further with every answer."""
    common = len(quoted & said)
    return WORDS * common / min(len(quoted), len(said)) if common >= ROWS_IN_COMMON else 0


def _points_of_time(quotation: Quotation, node: Node) -> int:
    """Hours differ with the zone in which a program tells them; minutes do not."""
    told = quotation.told
    if not (told.days and node.days):
        return 0
    if told.days.isdisjoint(node.days):
        return OTHER_MOMENT
    if not (told.minute and node.minute):
        return DAY
    return MINUTE if told.minute[1] == node.minute[1] else OTHER_MOMENT

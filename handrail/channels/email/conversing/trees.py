"""Who answers whom among mails of one subject, also where what was answered is not among them.

An absent mail is known from what others quote of it: two that quote the same answer the same.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from handrail.channels.email.conversing.letters import Letter, Quotation
from handrail.channels.email.conversing.likeness import Node, likest
from handrail.channels.email.conversing.naming import Naming
from handrail.channels.email.conversing.people import People
from handrail.channels.email.evidence import SOON_DAYS

#: So many earlier mails of one subject are looked at, and so many that are absent.
LOOKED_BACK = 60
#: An answer may carry an earlier date than what it answers, since clocks differ.
CLOCKS_DIFFER, LOOKED_AHEAD = timedelta(hours=3), 5


def grown(letters: Sequence[Letter], people: People) -> list[Node]:
    """A node for each of the letters, oldest first as they are, with what it answers."""
    nodes, absent = [Node.of(letter) for letter in letters], list[Node]()
    for index, letter in enumerate(letters):
        earlier, answer = list(_earlier(letters, nodes, index)), nodes[index]
        for quotation in letter.quotations:
            authors = people.meant_by(quotation.told, to=letter)
            if not _tells(quotation, authors):
                continue
            quoted = likest(quotation, authors, (node for node in earlier if node is not answer))
            quoted = quoted or _absent(quotation, authors, absent, people)
            if quoted is not answer:
                answer.answer(quoted)
                answer = quoted
    return nodes


def _earlier(letters: Sequence[Letter], nodes: Sequence[Node], index: int) -> Iterator[Node]:
    until = letters[index].at + CLOCKS_DIFFER
    for place in range(max(0, index - LOOKED_BACK), min(len(nodes), index + LOOKED_AHEAD)):
        if place != index and letters[place].at <= until:
            yield nodes[place]


def _tells(quotation: Quotation, authors: frozenset[str]) -> bool:
    return bool(len(quotation.rows) > 1 or authors or quotation.told.days or quotation.told.ids)


def _absent(quotation: Quotation, authors: frozenset[str], absent: list[Node], people: People) -> Node:
    """The absent mail that this quotes: one that is known already, or one more."""
    node = likest(quotation, authors, absent[-LOOKED_BACK:])
    if node is None:
        node = Node(naming=Naming.ALL)
        absent.append(node)
    node.learn(quotation, authors)
    node.naming = people.naming_of(node.authors)
    return node


def hang(nodes: Sequence[Node]) -> None:
    """An answer to something unknown is taken to answer what came last, if that is not long ago."""
    for index, node in enumerate(nodes):
        top = [node, *named_by(node)][-1]
        if top.parent or not _answers(node, top):
            continue
        if before := next(_shortly_before(nodes, index, top), None):
            top.answer(before)


def _answers(node: Node, top: Node) -> bool:
    """Whether the program of a mail names more than is known to be in its line; top: the end of that."""
    if node.naming is Naming.NOTHING:
        return False
    if top is node:
        return bool(node.letter and node.letter.answers)
    return top.letter is None and top.naming is Naming.ALL


def _shortly_before(nodes: Sequence[Node], index: int, top: Node) -> Iterator[Node]:
    """The latest first; not those that answer the top themselves."""
    letter = nodes[index].letter
    for node in reversed(nodes[:index]):
        if letter and node.letter and letter.at - node.letter.at > timedelta(days=SOON_DAYS):
            return
        if top not in node.line():
            yield node


def named_by(node: Node) -> list[Node]:
    """The mails whose ids its program writes into it, the nearest first."""
    named: list[Node] = []
    while node.parent and node.naming is not Naming.NOTHING:
        named.append(node.parent)
        if node.naming is Naming.PARENT:
            break
        node = node.parent
    return named

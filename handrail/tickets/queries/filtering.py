"""Narrowing a view by what somebody typed, in the language of filters."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q

from handrail.kit.text import storable
from handrail.search.language import (
    Malformed,
    Node,
    Not,
    Question,
    Term,
    Words,
    all_of,
    parse,
    text_of,
)
from handrail.team.models import Agent
from handrail.tickets.queries.asking import Asker, asker_of
from handrail.tickets.queries.vocabulary import TICKETS


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One part of what was asked, and the part of an address that asks everything else."""

    text: str
    without: str


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What somebody asked for. wrong: why it cannot be understood; then nothing is found.

    words: the plain words of it, by which hits are ranked. rest: what tickets must fulfil besides them.
    """

    text: str = ""
    question: Question = field(default_factory=Question)
    condition: Q = field(default_factory=Q)
    words: str = ""
    rest: Q = field(default_factory=Q)
    wrong: Malformed | None = None

    @classmethod
    def read(cls, text: str, *, agent: Agent, at: datetime) -> "Filters":
        """What these words ask of tickets when this agent asks now."""
        text = " ".join(storable(text).split())
        if not text:
            return cls()
        try:
            return _understood(text, asker_of(agent, at=at))
        except Malformed as wrong:
            return cls(text=text, wrong=wrong)

    @property
    def query(self) -> str:
        """The same as part of an address, with its question mark; empty when nothing was asked."""
        return _address(self.text) if self.text else ""

    @property
    def chips(self) -> list[Chip]:
        """The parts that must all hold, when there are fields among them."""
        parts = self.question.conjuncts
        if not any(isinstance(part, Term | Not) for part in parts):
            return []
        return [
            Chip(
                text=text_of(Question(tree=part)),
                without=_address(self._text(other for other in parts if other is not part)),
            )
            for part in parts
        ]

    @property
    def pieces(self) -> tuple[str, str, str]:
        """The text before the wrong word, the wrong word, and what follows."""
        start, end = (self.wrong.start, self.wrong.end) if self.wrong else (0, 0)
        return self.text[:start], self.text[start:end], self.text[end:]

    @property
    def mended(self) -> str:
        """An address with the word that was probably meant; nothing when none is near."""
        if not self.wrong or not self.wrong.nearest:
            return ""
        before, _wrong, after = self.pieces
        return _address(f"{before}{self.wrong.nearest}{after}")

    def has(self, name: str, text: str) -> bool:
        """Whether this value of this field is asked for, by itself."""
        return any(_is(part, name) and part.values[0].text == text for part in self.question.conjuncts)  # type: ignore[union-attr]

    def with_one(self, name: str, text: str) -> str:
        """An address that asks for this value of a field instead of others."""
        others = [part for part in self.question.conjuncts if not _is(part, name)]
        return _address(f"{self._text(others)} {name}:{text}".strip())

    def without(self, name: str) -> str:
        """An address that does not ask for this field."""
        return _address(self._text(part for part in self.question.conjuncts if not _is(part, name)))

    def _text(self, parts: "Iterator[Node] | list[Node]") -> str:
        return text_of(Question(tree=all_of(parts), sort=self.question.sort))


def _understood(text: str, asker: Asker) -> Filters:
    question = parse(text)
    parts = question.conjuncts
    words = [part for part in parts if isinstance(part, Words) and not part.exact]
    rest = all_of(part for part in parts if part not in words) if words else question.tree
    return Filters(
        text=text,
        question=question,
        condition=TICKETS.condition(question, asker),
        words=" ".join(word.text for word in words),
        rest=TICKETS.condition(Question(tree=rest), asker),
    )


def _is(part: Node, name: str) -> bool:
    return isinstance(part, Term) and part.name == name and part.operator == ":" and len(part.values) == 1


def _address(text: str) -> str:
    return f"?{urlencode({'q': text})}" if text else "?"

"""What a question means, as a tree. Trees are equal when they mean the same, wherever their words stood."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Something to search for. exact: it stood in quotation marks; its words follow each other."""

    text: str
    exact: bool = False
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """What a field is compared with: one text, or a range, of which one side may be open."""

    text: str = ""
    low: str | None = None
    high: str | None = None
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    @property
    def is_range(self) -> bool:
        return self.low is not None or self.high is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A field and what it is compared with. operator: ":", which takes several values, or > >= < <=."""

    name: str
    operator: str
    values: tuple[Value, ...]
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    @property
    def value(self) -> Value:
        return self.values[0]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but this."""

    inner: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """Each of these at once; without parts: everything."""

    parts: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    parts: tuple["Node", ...]


Node: TypeAlias = Words | Term | Not | All | Either


@dataclass(frozen=True, kw_only=True, slots=True)
class SortKey:
    """By what to sort. backwards: the largest, latest, last first."""

    name: str
    backwards: bool = False
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A whole question: what to find, and in which order."""

    tree: Node = All()
    sort: tuple[SortKey, ...] = ()

    @property
    def asks_nothing(self) -> bool:
        return self.tree == All() and not self.sort

    @property
    def conjuncts(self) -> tuple[Node, ...]:
        """The parts that must all hold."""
        return self.tree.parts if isinstance(self.tree, All) else (self.tree,)


def all_of(parts: Iterable[Node]) -> Node:
    """These at once; without needless nesting."""
    flat = tuple(each for part in parts for each in (part.parts if isinstance(part, All) else (part,)))
    return flat[0] if len(flat) == 1 else All(flat)


def either_of(parts: Iterable[Node]) -> Node:
    """One of these; without needless nesting."""
    flat = tuple(each for part in parts for each in (part.parts if isinstance(part, Either) else (part,)))
    return flat[0] if len(flat) == 1 else Either(flat)

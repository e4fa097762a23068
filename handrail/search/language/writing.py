"""A question written down again, so that reading it gives the same tree."""

import re

from handrail.search.language.parsing import SORT
from handrail.search.language.tree import All, Either, Node, Not, Question, SortKey, Term, Value, Words

#: What begins like an operator would be read as a part of the one before it.
_PLAIN = re.compile(r"(?![:=<>])(?:(?!\.\.)[^\s(),\"“”„])+(?<!\.)")


def text_of(question: Question) -> str:
    """The question as somebody would type it."""
    parts = [_node(question.tree)] if question.tree != All() else []
    if question.sort:
        parts.append(f"{SORT}:{','.join(_key(key) for key in question.sort)}")
    return " ".join(parts)


def quoted(text: str) -> str:
    """The text in quotation marks."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def value_text(text: str) -> str:
    """A value as it stands behind a field: in quotation marks only where it must."""
    return text if _PLAIN.fullmatch(text) else quoted(text)


def _node(node: Node) -> str:
    if isinstance(node, Words):
        return quoted(node.text) if node.exact else node.text
    if isinstance(node, Term):
        return f"{node.name}{node.operator}{','.join(_value(value) for value in node.values)}"
    if isinstance(node, Not):
        return f"-{_within(node.inner, loose=(All, Either, Not))}"
    if isinstance(node, Either):
        return " OR ".join(_within(part, loose=()) for part in node.parts)
    return " ".join(_within(part, loose=(Either,)) for part in node.parts)


def _within(node: Node, *, loose: tuple[type, ...]) -> str:
    """A part of a larger one; in brackets when it would fall apart there."""
    return f"({_node(node)})" if isinstance(node, loose) else _node(node)


def _value(value: Value) -> str:
    if not value.is_range:
        return value_text(value.text)
    return "..".join("" if side is None else value_text(side) for side in (value.low, value.high))


def _key(key: SortKey) -> str:
    return value_text(f"-{key.name}" if key.backwards else key.name)

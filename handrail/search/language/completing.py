"""What could stand at the cursor: names of fields, or values of the field that was begun."""

import re
from dataclasses import dataclass
from typing import Any

from handrail.search.language.parsing import SORT
from handrail.search.language.tokens import LONGEST, clean
from handrail.search.language.vocabulary import Choice, Field, Vocabulary
from handrail.search.language.writing import value_text

_BREAK = re.compile(r"[\s()]")
_BEGUN = re.compile(r"(-*)(?:([^\W\d_][\w.-]*)(:|>=|<=|>|<|=))?(.*)", re.S)
SHOWN = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """One way to go on: text[start:end] of the question becomes `text`. says: what it means."""

    text: str
    says: str
    start: int
    end: int


def proposals(text: str, cursor: int, *, vocabulary: Vocabulary[Any], asker: Any) -> list[Proposal]:
    """The ways to go on at the cursor; none inside of quotation marks."""
    before = clean(text[: min(cursor, LONGEST)])
    start = _start_of_word(before)
    begun = _BEGUN.fullmatch(before[start:])
    if begun is None:
        return []
    sign, name, _operator, rest = begun.groups()
    if name is None:
        further = {each.name: each for each in vocabulary.further(asker)}
        return _fields(rest, vocabulary, further, start + len(sign), len(before))
    value = re.split(r",|\.\.", rest)[-1]
    place = len(before) - len(value)
    return [
        Proposal(text=value_text(each.text), says=str(each.says), start=place, end=len(before))
        for each in _values(name.lower(), value.lstrip('"“„'), vocabulary, asker)
    ][:SHOWN]


def _start_of_word(before: str) -> int:
    """Where the word at the end begins; blanks inside of quotation marks do not end it."""
    start, quoted = 0, False
    for place, each in enumerate(before):
        if each in '"“”„':
            quoted = not quoted
        elif not quoted and _BREAK.match(each):
            start = place + 1
    return start


def _fields(
    begun: str, vocabulary: Vocabulary[Any], further: dict[str, Field[Any]], start: int, end: int
) -> list[Proposal]:
    own = {field.name: field for field in vocabulary.fields.values()} | further
    names = {f"{name}:": str(field.says) for name, field in own.items()} | {f"{SORT}:": ""}
    fits = [name for name in names if name.startswith(begun.lower())]
    return [Proposal(text=name, says=names[name], start=start, end=end) for name in fits][:SHOWN]


def _values(name: str, begun: str, vocabulary: Vocabulary[Any], asker: Any) -> list[Choice]:
    if name == SORT:
        sorts = [
            Choice(text=f"{sign}{key}", says=says)
            for key, says in {**vocabulary.sorts, **vocabulary.further_sorts(asker)}.items()
            for sign in ("", "-")
        ]
        return [each for each in sorts if each.text.startswith(begun.lower())]
    field = vocabulary.field_named(name, asker)
    return list(field.choices(begun.lower(), asker)) if field and field.choices else []

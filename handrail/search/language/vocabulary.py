"""What the fields of a question mean for one noun. The language knows no nouns; each brings its vocabulary.

A vocabulary turns a tree into one condition of the database (Q) and refuses words it does not know. Values
only ever become parameters of a query, never SQL.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import reduce
from typing import Generic, Protocol, TypeVar

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from handrail.search.language.errors import Malformed, nearest_to
from handrail.search.language.parsing import SORT
from handrail.search.language.tree import All, Either, Node, Not, Question, SortKey, Term, Value, Words

Said = str | Promise


class Asker(Protocol):
    """Whoever asks: when, and in which zone. A noun's asker knows more."""

    @property
    def now(self) -> datetime: ...

    @property
    def zone(self) -> tzinfo: ...


A = TypeVar("A", bound=Asker)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A value that can be chosen. says: what it means, in words."""

    text: str
    says: Said = ""


@dataclass(frozen=True, kw_only=True)
class Field(Generic[A]):
    """One field. says: what it is, in a few words; example: a question with it.

    condition: what a term means; raises Malformed (see `refuse`). choices: which values begin with a text.
    compares: whether > < and ranges make sense. aliases: other names for the same.
    """

    name: str
    says: Said
    example: str
    condition: Callable[[Term, A], Q]
    choices: Callable[[str, A], Sequence[Choice]] | None = None
    compares: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Vocabulary(Generic[A]):
    """All fields of a noun, what plain words search in, and by what it can be sorted."""

    fields: Mapping[str, Field[A]]
    search: Callable[[Sequence[Words], A], Q]
    sorts: Mapping[str, Said] = field(default_factory=dict)
    #: Fields that somebody set up, as this asker may know them; their names hold a full stop.
    further: Callable[[A], Sequence[Field[A]]] = lambda _asker: ()
    #: By which of those it can be sorted.
    further_sorts: Callable[[A], Mapping[str, Said]] = lambda _asker: {}

    def condition(self, question: Question, asker: A) -> Q:
        """Which things fit. Raises Malformed."""
        for key in question.sort:
            self._mind_sort(key, asker)
        return self._of(question.tree, asker)

    def field_named(self, name: str, asker: A) -> Field[A] | None:
        """The field of this name, if there is one."""
        if "." in name:
            return next((each for each in self.further(asker) if each.name == name), None)
        return self.fields.get(name)

    def field_of(self, term: Term, asker: A) -> Field[A]:
        """The field of a term. Raises Malformed."""
        found = self.field_named(term.name, asker)
        if found is None:
            end = term.start + len(term.name)
            said = _("There is no field “%(field)s”. If you search for the word, put it in quotation marks.")
            known = [*self.fields, SORT, *(each.name for each in self.further(asker))]
            nearest = nearest_to(term.name, known)
            raise Malformed(said % {"field": term.name}, start=term.start, end=end, nearest=nearest)
        return found

    def _mind_sort(self, key: SortKey, asker: A) -> None:
        if key.name in self.sorts:
            return
        known = [*self.sorts, *self.further_sorts(asker)]
        if key.name not in known:
            said = _("Tickets cannot be sorted by this. Possible: %(words)s.") % {"words": ", ".join(known)}
            raise Malformed(said, start=key.start, end=key.end, nearest=nearest_to(key.name, known))

    def _of(self, node: Node, asker: A) -> Q:
        if isinstance(node, Term):
            return self._term(node, asker)
        if isinstance(node, Words):
            return self.search([node], asker)
        if isinstance(node, Not):
            return ~self._of(node.inner, asker)
        if isinstance(node, Either):
            return either(self._of(part, asker) for part in node.parts)
        return self._all(node, asker)

    def _all(self, node: All, asker: A) -> Q:
        """Words beside each other are searched together: one text must hold them all."""
        words = [part for part in node.parts if isinstance(part, Words)]
        found = self.search(words, asker) if words else Q()
        for part in node.parts:
            if not isinstance(part, Words):
                found &= self._of(part, asker)
        return found

    def _term(self, term: Term, asker: A) -> Q:
        field = self.field_of(term, asker)
        if not field.compares and (term.operator != ":" or any(value.is_range for value in term.values)):
            said = _("“%(field)s” cannot be compared; write %(example)s.")
            raise Malformed(
                said % {"field": term.name, "example": field.example}, start=term.start, end=term.end
            )
        return field.condition(term, asker)


def vocabulary_of(
    fields: Iterable[Field[A]],
    *,
    search: Callable[[Sequence[Words], A], Q],
    sorts: Mapping[str, Said],
    further: Callable[[A], Sequence[Field[A]]] = lambda _asker: (),
    further_sorts: Callable[[A], Mapping[str, Said]] = lambda _asker: {},
) -> Vocabulary[A]:
    """A vocabulary that knows its fields by all their names."""
    known = {name: each for each in fields for name in (each.name, *each.aliases)}
    return Vocabulary(fields=known, search=search, sorts=sorts, further=further, further_sorts=further_sorts)


def refuse(value: Value, said: str, *, known: Iterable[str] = (), listed: bool = True) -> Malformed:
    """What to raise about a value. listed: whether all known ones are named when none looks like it."""
    known = list(known)
    nearest = nearest_to(value.text, known)
    if known and not nearest and listed:
        said = f"{said} {_('Possible: %(words)s.') % {'words': ', '.join(known)}}"
    return Malformed(said, start=value.start, end=value.end, nearest=nearest)


def either(conditions: Iterable[Q]) -> Q:
    """At least one of these conditions."""
    return reduce(operator.or_, conditions)

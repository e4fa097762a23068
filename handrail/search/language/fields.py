"""Ready conditions for the usual kinds of fields: one of some words, numbers, moments, sides of a range."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from handrail.search.language.tree import Term, Value
from handrail.search.language.values import NAMED, age, stretch, whole_number
from handrail.search.language.vocabulary import Asker, either, refuse

#: A stretch ends before `end`: later than it is from there on. True: compared with its end.
_BORDERS = {">": ("gte", True), ">=": ("gte", False), "<": ("lt", False), "<=": ("lt", True)}
_LOOKUPS = {">": "gt", ">=": "gte", "<": "lt", "<=": "lte", ":": "exact"}


def one_of(meanings: Mapping[str, Callable[[Any], Q]]) -> Callable[[Term, Any], Q]:
    """A field whose values are known words, each with its own condition; several mean any of them."""

    def of(value: Value, asker: Any) -> Q:
        meaning = meanings.get(value.text.lower())
        if meaning is None:
            raise refuse(value, _("“%(word)s” is not known here.") % {"word": value.text}, known=meanings)
        return meaning(asker)

    return any_of(of)


def any_of(meaning: Callable[[Value, Any], Q]) -> Callable[[Term, Any], Q]:
    """A field whose values are read one by one; several mean any of them."""

    def condition(term: Term, asker: Any) -> Q:
        return either(meaning(value, asker) for value in term.values)

    return condition


def number(column: str, *, read: Callable[[str], int | None] = whole_number) -> Callable[[Term, Any], Q]:
    """A field of whole numbers, or of words that stand for numbers."""

    def of(value: Value, text: str) -> int:
        found = read(text)
        if found is None:
            raise refuse(value, _("“%(word)s” is no number.") % {"word": text})
        return found

    def condition(term: Term, asker: Any) -> Q:
        if term.operator != ":":
            return Q(**{f"{column}__{_LOOKUPS[term.operator]}": of(term.value, term.value.text)})
        return either(
            _between(column, value, of) if value.is_range else Q(**{column: of(value, value.text)})
            for value in term.values
        )

    return condition


def _between(column: str, value: Value, of: Callable[[Value, str], int]) -> Q:
    found = Q()
    if value.low is not None:
        found &= Q(**{f"{column}__gte": of(value, value.low)})
    if value.high is not None:
        found &= Q(**{f"{column}__lte": of(value, value.high)})
    return found


def moment(column: str) -> Callable[[Term, Any], Q]:
    """A field of past moments. A length is an age: “>7d” is longer ago than a week, “7d” within the last."""

    def condition(term: Term, asker: Asker) -> Q:
        if term.operator != ":":
            return _compared(column, term, asker)
        return either(_within(column, value, asker) for value in term.values)

    return condition


def _compared(column: str, term: Term, asker: Asker) -> Q:
    value, operator = term.value, term.operator
    if (length := age(value.text)) is not None:
        older = {">": "lt", ">=": "lte", "<": "gt", "<=": "gte"}[operator]
        return Q(**{f"{column}__{older}": asker.now - length})
    begin, end = _borders(value, value.text, asker)
    lookup, border = _BORDERS[operator]
    return Q(**{f"{column}__{lookup}": end if border else begin})


def _within(column: str, value: Value, asker: Asker) -> Q:
    if value.is_range:
        return _ranged(column, value, asker)
    if (length := age(value.text)) is not None:
        return Q(**{f"{column}__gte": asker.now - length})
    begin, end = _borders(value, value.text, asker)
    return Q(**{f"{column}__gte": begin, f"{column}__lt": end})


def _ranged(column: str, value: Value, asker: Asker) -> Q:
    """Both sides belong to it. Two ages may stand in either order: “7d..3d” is as “3d..7d”."""
    sides = [side for side in (value.low, value.high) if side is not None]
    if ages := [length for side in sides if (length := age(side)) is not None]:
        if len(ages) != len(sides):
            raise refuse(value, _("Write two dates or two lengths of time."))
        return _aged(column, value, [asker.now - length for length in ages])
    found = Q()
    if value.low is not None:
        found &= Q(**{f"{column}__gte": _borders(value, value.low, asker)[0]})
    if value.high is not None:
        found &= Q(**{f"{column}__lt": _borders(value, value.high, asker)[1]})
    return found


def _aged(column: str, value: Value, moments: list[datetime]) -> Q:
    if len(moments) == 2:
        return Q(**{f"{column}__gte": min(moments), f"{column}__lte": max(moments)})
    return Q(**{f"{column}__{'lte' if value.low is not None else 'gte'}": moments[0]})


def _borders(value: Value, text: str, asker: Asker) -> tuple[datetime, datetime]:
    found = stretch(text, now=asker.now, zone=asker.zone)
    if found is None:
        said = _(
            "“%(word)s” is no time. Write a date as 2026-11-01, a length as 4h or 7d, or today, this-week."
        )
        raise refuse(value, said % {"word": text}, known=NAMED, listed=False)
    return found.begin, found.end

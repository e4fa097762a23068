"""One value: from what was typed or sent to what is kept, or a sentence that says what is wrong with it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.utils.translation import gettext as _

from handrail.fields.field import Field, Kind, Value
from handrail.kit.text import one_line, storable

LONGEST = {Kind.TEXT: 500, Kind.LONG: 20_000}
#: A number has no more digits than a program's own numbers carry unharmed.
DIGITS = 15
#: Finds what a relation points at, by whatever name people give it; None when the asker sees no such thing.
Find = Callable[[str, str], UUID | None]


class Wrong(Exception):
    """The value does not fit; args[0] is a sentence for whoever gave it."""


def cleaned(field: Field, given: object, *, find: Find) -> Value:
    """What is kept for this field, None for nothing. Raises Wrong.

    given: text of a form, a list of texts, or the JSON of a program; nothing else passes.
    """
    if given is None or given in ("", []):
        return None
    if field.kind == Kind.MANY:
        return _several(field, given)
    text = _as_text(given)
    if not text:
        return None
    return _ONE[field.kind](field, text, find)


def _as_text(given: object) -> str:
    if isinstance(given, list) and len(given) == 1:
        given = given[0]
    if isinstance(given, bool) or not isinstance(given, str | int | float | UUID | date):
        raise Wrong(_("This field takes one value."))
    return storable(str(given)).strip()


def _text(field: Field, text: str, _find: Find) -> Value:
    most = LONGEST[field.kind]
    if len(text) > most:
        raise Wrong(_("Use at most %(most)s characters.") % {"most": most})
    return text if field.kind == Kind.LONG else one_line(text)


def _number(field: Field, text: str, _find: Find) -> Value:
    try:
        number = Decimal(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except InvalidOperation:
        raise Wrong(_("Write a number.")) from None
    if (
        not number.is_finite()
        or len(number.normalize().as_tuple().digits) > DIGITS
        or abs(number) >= 10**DIGITS
    ):
        raise Wrong(_("Write a number of at most %(most)s digits.") % {"most": DIGITS})
    if field.least is not None and number < field.least:
        raise Wrong(_("At least %(least)s.") % {"least": plain(field.least)})
    if field.most is not None and number > field.most:
        raise Wrong(_("At most %(most)s.") % {"most": plain(field.most)})
    return int(number) if number == number.to_integral_value() else float(number)


def _date(_field: Field, text: str, _find: Find) -> Value:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Wrong(_("Write a date like 2026-11-30.")) from None


def _choice(field: Field, text: str, _find: Find) -> Value:
    if text not in {choice.key for choice in field.choices}:
        raise Wrong(_("Choose one of the list."))
    return text


def _pointer(field: Field, text: str, find: Find) -> Value:
    found = find("colleague" if field.kind == Kind.COLLEAGUE else field.to, text)
    if found is None:
        raise Wrong(_("Nothing of that name or number was found."))
    return str(found)


def _several(field: Field, given: object) -> Value:
    texts = given if isinstance(given, list) else [given]
    if not all(isinstance(text, str) for text in texts):
        raise Wrong(_("Choose from the list."))
    wanted = {text for text in texts if text}
    if wanted - {choice.key for choice in field.choices}:
        raise Wrong(_("Choose from the list."))
    return [choice.key for choice in field.choices if choice.key in wanted] or None


def plain(number: Decimal) -> str:
    """A bound without the zeros of its column."""
    return f"{number.normalize():f}"


_ONE: dict[str, Callable[[Field, str, Find], Value]] = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.TREE: _choice,
    Kind.RELATION: _pointer,
    Kind.COLLEAGUE: _pointer,
}

"""Custom fields in questions: `field.KEY`, for those fields that the asker may know of."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from handrail.fields.field import Field as Custom
from handrail.fields.field import Kind
from handrail.fields.queries import compared, filled
from handrail.search.language import Choice, Field, Term, Value, either, refuse
from handrail.tickets.queries.asking import Asker
from handrail.tickets.queries.fields import told_fields

_ORDERED = (Kind.NUMBER, Kind.DATE)


def set_up_fields(asker: Asker) -> list[Field[Asker]]:
    """A field of the language for each custom field of tickets."""
    return [_field(each) for each in told_fields(asker.agent).values()]


def _field(custom: Custom) -> Field[Asker]:
    return Field(
        name=f"field.{custom.key}",
        says=custom.label,
        example=f"field.{custom.key}:{custom.choices[0].key if custom.choices else 'none'}",
        condition=_condition(custom),
        choices=_choices(custom),
        compares=custom.kind in _ORDERED,
    )


def _condition(custom: Custom) -> Callable[[Term, Asker], Q]:
    """“none” asks for tickets without a value."""

    def of(value: Value, how: Any, text: str) -> Q:
        try:
            return compared(custom, how, text)
        except ValueError:
            raise refuse(value, _("“%(word)s” fits no such field.") % {"word": text}) from None

    def one(term: Term, value: Value) -> Q:
        if value.is_range:
            low = of(value, ">=", value.low) if value.low is not None else Q()
            return low & (of(value, "<=", value.high) if value.high is not None else Q())
        if term.operator == ":":
            return ~filled(custom) if value.text.lower() == "none" else of(value, "=", value.text)
        return of(value, term.operator, value.text)

    return lambda term, _asker: either(one(term, value) for value in term.values)


def _choices(custom: Custom) -> Callable[[str, Any], list[Choice]]:
    def choices(begun: str, _asker: Any) -> list[Choice]:
        return [
            Choice(text=each.key, says=each.words)
            for each in custom.choices
            if each.key.startswith(begun) and not each.retired
        ]

    return choices

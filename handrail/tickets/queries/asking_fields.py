"""Custom fields in questions: `field.KEY`, for those fields that the asker may know of."""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, CharField, IntegerField, Q, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from handrail.fields.field import Field as Custom
from handrail.fields.field import Kind, Noun
from handrail.fields.queries import compared, filled, number_of, setup_of
from handrail.search.language import Choice, Field, Term, either, refuse
from handrail.search.language import Value as Asked
from handrail.search.language.vocabulary import Said
from handrail.team.models import Agent
from handrail.tickets.queries.asking import Asker
from handrail.tickets.queries.fields import told_fields

#: How the names of custom fields begin in questions, columns and groupings.
PREFIX = "field."
_ORDERED = (Kind.NUMBER, Kind.DATE)
#: By these tickets can be sorted; of several choices, and of what points elsewhere, there is no order.
_SORTED = (Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.CHOICE, Kind.TREE)


def set_up_fields(asker: Asker) -> list[Field[Asker]]:
    """A field of the language for each custom field of tickets."""
    return [_field(each) for each in told_fields(asker.agent).values()]


def sorts_by_fields(asker: Asker) -> dict[str, Said]:
    """The custom fields by which this asker may sort."""
    known = told_fields(asker.agent).values()
    return {f"{PREFIX}{each.key}": each.label for each in known if each.kind in _SORTED}


def told_field(name: str, *, agent: Agent) -> Custom | None:
    """The field behind a name with its prefix, if this agent may know of it."""
    return told_fields(agent).get(name.removeprefix(PREFIX)) if name.startswith(PREFIX) else None


def field_to_sort_by(name: str) -> Any:
    """What to sort by; who may is asked before. Choices stand in the order of their list."""
    custom = setup_of(Noun.TICKET).field(name.removeprefix(PREFIX))
    if custom is None:
        return Value(None, output_field=CharField())
    if custom.kind == Kind.NUMBER:
        return number_of(custom)
    text = KeyTextTransform(custom.key, "fields")
    if custom.kind not in (Kind.CHOICE, Kind.TREE) or not custom.choices:
        return text
    places = [When(Exact(text, each.key), then=place) for place, each in enumerate(custom.choices)]
    return Case(*places, output_field=IntegerField())


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

    def of(value: Asked, how: Any, text: str) -> Q:
        try:
            return compared(custom, how, text)
        except ValueError:
            raise refuse(value, _("“%(word)s” fits no such field.") % {"word": text}) from None

    def one(term: Term, value: Asked) -> Q:
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

"""What is defined, read once for each edition; and comparing values in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db.models import FloatField, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from handrail.fields.editions import ByEdition, current
from handrail.fields.field import Field, Kind, Noun
from handrail.fields.forming import Rule
from handrail.fields.models import Definition, FormRule

Comparison = Literal["=", "<", "<=", ">", ">="]


@dataclass(frozen=True, kw_only=True)
class Setup:
    """The fields and form rules of one noun. Retired fields are among the fields."""

    fields: tuple[Field, ...]
    rules: tuple[Rule, ...]

    def field(self, key: str) -> Field | None:
        return next((each for each in self.fields if each.key == key), None)

    @property
    def live(self) -> tuple[Field, ...]:
        """Those that are asked for today."""
        return tuple(each for each in self.fields if not each.retired)


NOTHING = Setup(fields=(), rules=())


def setup_of(noun: Noun, *, edition: UUID | None = None) -> Setup:
    """What is set up for a noun now. edition: for whoever has asked for it already, which saves a query."""
    return _SETUPS.at(edition or current()).get(noun, NOTHING)


def definitions(noun: Noun) -> tuple[Field, ...]:
    """The fields of a noun that are asked for today, in their order."""
    return setup_of(noun).live


def compared(field: Field, how: Comparison, value: str, *, column: str = "fields") -> Q:
    """The rows whose field compares so with a value, written as the field keeps it.

    Of a tree, what lies under the value counts as equal; of several choices, having it does; of text, holding
    it. Numbers compare by size, dates by day; of everything else only “=” means something. column: the JSON
    column, perhaps behind relations. Raises ValueError for a value that no such field can hold.
    """
    path = f"{column}__{field.key}"
    if field.kind == Kind.NUMBER:
        number = float(value)
        return Q(**{f"{path}{_LOOKUPS[how]}": number}) & Q(**{f"{path}__isnull": False})
    if field.kind == Kind.DATE:
        return Q(**{f"{path}{_LOOKUPS[how]}": value})
    if how != "=":
        raise ValueError(f"{field.key} has no order")
    if field.kind == Kind.MANY:
        return Q(**{f"{column}__contains": {field.key: [value]}})
    same = Q(**{f"{column}__contains": {field.key: value}})
    if field.kind == Kind.TREE:
        return same | Q(**{f"{path}__startswith": f"{value}/"})
    if field.kind in (Kind.TEXT, Kind.LONG):
        return Q(**{f"{path}__icontains": value})
    return same


def filled(field: Field, *, column: str = "fields") -> Q:
    """The rows that have a value there."""
    return Q(**{f"{column}__has_key": field.key})


def number_of(field: Field, *, column: str = "fields") -> Cast:
    """The field as a number, to sort by."""
    return Cast(KeyTextTransform(field.key, column), FloatField())


def words_of(setup: Setup, key: str) -> str:
    """What a field is called; its key when it was never defined here."""
    found = setup.field(key)
    return found.label if found else key


def _read() -> dict[Noun, Setup]:
    fields: Sequence[Field] = [row.field for row in Definition.objects.all()]
    rules = [(row.noun, row.rule) for row in FormRule.objects.filter(active=True)]
    return {
        noun: Setup(
            fields=tuple(each for each in fields if each.noun == noun),
            rules=tuple(rule for of, rule in rules if of == noun),
        )
        for noun in Noun
    }


_LOOKUPS: dict[str, str] = {"=": "", "<": "__lt", "<=": "__lte", ">": "__gt", ">=": "__gte"}
_SETUPS = ByEdition(_read)

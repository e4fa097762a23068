"""What a form of fields sends, and what it shows again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict

from handrail.accounts.models import User
from handrail.fields import nouns
from handrail.fields.field import POINTING, Field, Kind, Value
from handrail.fields.forming import Entry

PREFIX = "field."
#: One for each field that stood on the form, so that boxes without a tick are known to have been there.
STOOD = "stood"
#: What a form sends may name no more fields than a form could hold.
MOST = 1_000


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One control of a form. typed: what it shows; problem: what is wrong with it."""

    entry: Entry
    typed: Any
    problem: str = ""
    hint: str = ""

    @property
    def name(self) -> str:
        return PREFIX + self.entry.field.key

    @property
    def field(self) -> Field:
        return self.entry.field


def given_in(sent: QueryDict, fields: Sequence[Field]) -> dict[str, object]:
    """The values by key of the fields that stood on the form; what is no field of ours is never looked at."""
    known = {each.key: each for each in fields}
    keys = [key for key in sent.getlist(STOOD)[:MOST] if key in known]
    return {
        key: sent.getlist(PREFIX + key) if known[key].kind == Kind.MANY else sent.get(PREFIX + key, "")
        for key in keys
    }


def cells_of(
    form: Sequence[Entry],
    *,
    typed: Mapping[str, object] | None = None,
    problems: Mapping[str, str] | None = None,
    viewer: User | None,
) -> list[Cell]:
    """The controls of a form. typed: shown as it was sent; else what is kept."""
    typed, problems = typed or {}, problems or {}
    return [
        Cell(
            entry=entry,
            typed=typed[entry.field.key]
            if entry.field.key in typed
            else _kept(entry.field, entry.value, viewer),
            problem=problems.get(entry.field.key, ""),
            hint=nouns.hint(_points_at(entry.field)) if entry.field.kind in POINTING else "",
        )
        for entry in form
    ]


def _kept(field: Field, value: Value, viewer: User | None) -> object:
    if value is None:
        return [] if field.kind == Kind.MANY else ""
    if field.kind in POINTING:
        return nouns.names(_points_at(field), [UUID(str(value))], viewer=viewer).get(UUID(str(value)), value)
    return value


def _points_at(field: Field) -> str:
    return "colleague" if field.kind == Kind.COLLEAGUE else field.to

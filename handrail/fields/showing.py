"""Values in words, as a page, a timeline or a list shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.fields import nouns
from handrail.fields.field import CHOOSING, POINTING, Field, Kind, Value
from handrail.fields.forming import Circumstances, Entry, form_of, is_for
from handrail.fields.queries import Setup


@dataclass(frozen=True, kw_only=True)
class Line:
    """A field and what it holds, in words. defined: whether it is still asked for."""

    key: str
    label: str
    words: str
    section: str = ""
    is_long: bool = False
    defined: bool = True


@dataclass(frozen=True, kw_only=True)
class FieldPanel:
    """What a page shows of the fields at once: what is filled in and what is missing; the rest on demand.

    told: the fields whose changes the reader may know of, by key. may_fill: whether anything can be filled.
    """

    lines: tuple[Line, ...]
    missing: tuple[Entry, ...]
    more: int
    may_fill: bool
    told: Mapping[str, Field]

    def __bool__(self) -> bool:
        return bool(self.lines or self.missing or self.more)


def panel_of(
    setup: Setup, values: Mapping[str, Value], circumstances: Circumstances, *, viewer: User | None
) -> FieldPanel:
    """The panel for one reader. Nothing is asked of the database but the names of what fields point at."""
    form = form_of(setup.fields, setup.rules, values, circumstances) if setup.fields else []
    known = {entry.field.key for entry in form}
    told = {each.key: each for each in setup.fields if is_for(each, circumstances)}
    gone = [each for key, each in told.items() if each.retired and key in values and key not in known]
    named = _names(setup, values, viewer=viewer) if values else {}
    lines = [_line(entry.field, entry.value, named) for entry in form if entry.is_filled]
    lines += [_line(each, values[each.key], named) for each in gone]
    missing = tuple(entry for entry in form if entry.is_missing)
    return FieldPanel(
        lines=tuple(lines),
        missing=missing,
        more=len(form) - sum(entry.is_filled for entry in form) - len(missing),
        may_fill=any(entry.editable for entry in form),
        told=told,
    )


def in_words(field: Field, value: Value, named: Mapping[str, str] | None = None) -> str:
    """One value. named: the names of what fields point at, by id; those missing may not be seen."""
    if value is None:
        return ""
    if field.kind in POINTING:
        return (named or {}).get(str(value), _("something you may not see"))
    if field.kind in CHOOSING:
        words = field.choice_words
        return ", ".join(words.get(key, key) for key in (value if isinstance(value, list) else [str(value)]))
    if field.kind == Kind.DATE:
        return str(date_format(date.fromisoformat(str(value))))
    if field.kind == Kind.NUMBER:
        return str(number_format(Decimal(str(value)), use_l10n=True, force_grouping=True))
    return str(value)


def _line(field: Field, value: Value, named: Mapping[str, str]) -> Line:
    return Line(
        key=field.key,
        label=field.label,
        words=in_words(field, value, named),
        section=field.section,
        is_long=field.kind == Kind.LONG,
        defined=not field.retired,
    )


def _names(setup: Setup, values: Mapping[str, Value], *, viewer: User | None) -> dict[str, str]:
    wanted: dict[str, set[UUID]] = {}
    for each in setup.fields:
        if each.kind in POINTING and each.key in values:
            noun = "colleague" if each.kind == Kind.COLLEAGUE else each.to
            wanted.setdefault(noun, set()).update(_ids([values[each.key]]))
    found = [nouns.names(noun, ids, viewer=viewer) for noun, ids in wanted.items()]
    return {str(key): words for names in found for key, words in names.items()}


def _ids(values: Iterable[Value]) -> set[UUID]:
    return {UUID(str(value)) for value in values if value}

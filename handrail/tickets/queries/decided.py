"""Changes of what admins decide, in words: who, when, what it was and is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.events.facts import fact_from
from handrail.events.models import FactRow
from handrail.tickets.events import DecisionFact
from handrail.tickets.models.decided import Decided

#: So many changes are shown, the newest first.
SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One change. lines: label, was, now. stands: whether it can be put back."""

    id: int
    who: str
    at: datetime
    lines: list[tuple[str, str, str]]
    stands: bool


def changes_of(
    thing: Decided, *, labels: Mapping[str, object], words: Mapping[str, Callable[[Any], str]] | None = None
) -> list[Changed]:
    """The newest changes. labels: what each column is called; others go unnamed. words: of special values."""
    rows = FactRow.objects.filter(subject_id=thing.pk, kind=thing.CHANGED.kind).order_by("-id")[:SHOWN]
    read = [(row.pk, fact_from(row.kind, row.payload)) for row in rows]
    facts = [(key, fact) for key, fact in read if isinstance(fact, DecisionFact)]
    people = User.objects.in_bulk({fact.by_user_id for _pk, fact in facts}) if facts else {}
    return [
        Changed(
            id=key,
            who=people[fact.by_user_id].name if fact.by_user_id in people else _("Somebody who left"),
            at=fact.at,
            lines=_lines(thing, fact, labels, words or {}),
            stands=bool(fact.before) and thing.stands(fact),
        )
        for key, fact in facts
    ]


def just_saved(changes: Sequence[Changed], saved: str) -> int | None:
    """The change that the address names as just saved, while it can be put back."""
    return next((each.id for each in changes if each.stands and str(each.id) == saved), None)


def _lines(
    thing: Decided,
    fact: DecisionFact,
    labels: Mapping[str, object],
    words: Mapping[str, Callable[[Any], str]],
) -> list[tuple[str, str, str]]:
    found, before, after = [], fact.before, fact.after
    for name in (name for name in before if name in labels):
        was, now = (
            words[name](value) if name in words else _said(thing, name, value)
            for value in (before[name], after.get(name))
        )
        found.append((str(labels[name]), was, now))
    return found


def _said(thing: Decided, name: str, value: Any) -> str:
    """A value in words."""
    field: Any = thing._meta.get_field(name.removesuffix("_id"))
    if value in (None, "", []):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.is_relation:
        found = field.related_model._default_manager.filter(pk=UUID(value)).first()
        return str(found) if found else _("no longer there")
    if isinstance(value, Mapping):
        return ", ".join(str(each) for each in value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(str(each) for each in value)
    if choices := dict(getattr(field, "flatchoices", ())):
        return str(choices.get(value, value))
    read = field.to_python(value)
    return date_format(read, "DATE_FORMAT") if field.get_internal_type() == "DateField" else str(read)

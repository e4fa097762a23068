"""May these values be kept? Asked once by every verb, and by every page before it shows a form again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from handrail.fields.cleaning import Find, Wrong, cleaned
from handrail.fields.field import CHOOSING, Field, Value
from handrail.fields.forming import Circumstances, Entry, Rule, form_of

#: What was and what is now, by the key of the field.
Changes = dict[str, tuple[Value, Value]]


class NotFitting(Exception):
    """Values that cannot be kept; args[0] says why, a sentence for the key of each field."""

    @property
    def problems(self) -> dict[str, str]:
        problems: dict[str, str] = self.args[0]
        return problems


@dataclass(frozen=True, kw_only=True)
class Checked:
    """values: everything as it would be kept. form: what the page shows then. problems: a sentence each."""

    values: dict[str, Value]
    changes: Changes
    form: list[Entry]
    problems: dict[str, str]


def checked(
    fields: Sequence[Field],
    rules: Sequence[Rule],
    *,
    now: Mapping[str, Value],
    wanted: Mapping[str, object],
    circumstances: Circumstances,
    find: Find,
) -> Checked:
    """What would be if the wanted values took the place of those that are there now."""
    known = {each.key: each for each in fields if not each.retired}
    clean, problems = _cleaned(known, wanted, find)
    values: dict[str, Value] = {key: value for key, value in {**now, **clean}.items() if value is not None}
    changes = {key: (now.get(key), value) for key, value in clean.items() if now.get(key) != value}
    form = form_of(fields, rules, values, circumstances)
    problems = {**_misplaced(form, changes), **_retired(known, changes), **_unfilled(form), **problems}
    return Checked(values=values, changes=changes, form=form, problems=problems)


def with_defaults(fields: Sequence[Field], values: Mapping[str, Value]) -> dict[str, Value]:
    """The values of something new: what it is given, and what the fields bring by themselves."""
    usual = {each.key: each.default for each in fields if not each.retired and each.default is not None}
    return {**usual, **{key: value for key, value in values.items() if value is not None}}


def _cleaned(
    known: Mapping[str, Field], wanted: Mapping[str, object], find: Find
) -> tuple[dict[str, Value], dict[str, str]]:
    clean: dict[str, Value] = {}
    problems: dict[str, str] = {}
    for key, given in wanted.items():
        if key not in known:
            problems[key] = _("There is no such field.")
            continue
        try:
            clean[key] = cleaned(known[key], given, find=find)
        except Wrong as wrong:
            problems[key] = str(wrong.args[0])
    return clean, problems


def _misplaced(form: Sequence[Entry], changes: Changes) -> dict[str, str]:
    """Changes of what this person does not see or may not change; the answer is the same for both."""
    open_keys = {entry.field.key for entry in form if entry.editable}
    return {key: _("You cannot change this field here.") for key in changes if key not in open_keys}


def _retired(known: Mapping[str, Field], changes: Changes) -> dict[str, str]:
    """Choices that whoever has them keeps, and nobody else chooses any more."""
    problems = {}
    for key, (was, now) in changes.items():
        gone = {choice.key for choice in known[key].choices if choice.retired}
        if gone & (_chosen(now) - _chosen(was)):
            problems[key] = _("Choose one of the list.")
    return problems


def _chosen(value: Value) -> set[object]:
    return set(value) if isinstance(value, list) else {value}


def _unfilled(form: Sequence[Entry]) -> dict[str, str]:
    problems = {entry.field.key: _("Fill this in.") for entry in form if entry.is_missing}
    return problems | {
        entry.field.key: _("This choice is not offered as things stand.")
        for entry in form
        if entry.editable
        and entry.field.kind in CHOOSING
        and entry.is_filled
        and _chosen(entry.value) - {choice.key for choice in entry.choices}
    }

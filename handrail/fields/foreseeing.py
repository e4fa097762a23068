"""What a form rule would do, before it counts: the form when it holds, and when it does not."""

from collections.abc import Sequence
from dataclasses import dataclass

from handrail.fields.field import Field, Value
from handrail.fields.forming import OWN, Circumstances, Condition, Rule, form_of


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """One field under both. choices: how many are offered when the rule holds; None where it has none."""

    label: str
    shown_else: bool
    shown_then: bool
    required_then: bool
    choices: int | None


def foreseen(fields: Sequence[Field], rules: Sequence[Rule], rule: Rule) -> list[Foreseen]:
    """The fields that the rule touches. The other rules count as they are."""
    touched = {effect.field for effect in rule.effects}
    others = [*(each for each in rules if each.name != rule.name), rule]
    then = {
        entry.field.key: entry
        for entry in form_of(fields, others, _values(rule), Circumstances(facts=_facts(rule)))
    }
    otherwise = {entry.field.key for entry in form_of(fields, others, {}, Circumstances())}
    return [
        Foreseen(
            label=field.label,
            shown_else=field.key in otherwise,
            shown_then=field.key in then,
            required_then=field.key in then and then[field.key].required,
            choices=len(then[field.key].choices) if field.key in then and field.choices else None,
        )
        for field in fields
        if field.key in touched
    ]


def _facts(rule: Rule) -> dict[str, tuple[str, ...]]:
    """Circumstances in which the conditions about what is built in hold."""
    asked = [each for each in rule.conditions if not each.about.startswith(OWN)]
    return {each.about: _fitting(each) for each in asked if _fitting(each)}


def _values(rule: Rule) -> dict[str, Value]:
    """Values of fields with which the conditions about them hold."""
    own = [each for each in rule.conditions if each.about.startswith(OWN)]
    return {each.about.removeprefix(OWN): _fitting(each)[0] for each in own if _fitting(each)}


def _fitting(condition: Condition) -> tuple[str, ...]:
    if condition.test == "is":
        return condition.values[:1]
    if condition.test in ("over", "under"):
        step = 1 if condition.test == "over" else -1
        try:
            return (str(float(condition.values[0]) + step),)
        except ValueError:
            return ("9999-12-31" if step > 0 else "0001-01-01",)
    return () if condition.test == "empty" else ("…",)

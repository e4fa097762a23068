"""Which fields a form has, for whom and under which circumstances: one pure function.

The page that shows a form and the verb that keeps it ask the same function, so that nothing can be kept that
the page would refuse, and the page refuses nothing that could be kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handrail.fields.field import Choice, Field, Kind, Value

#: What a condition can ask: whether it is one of, none of, filled in, empty, more than, or less than.
TESTS = ("is", "is_not", "filled", "empty", "over", "under")
#: What an effect can do.
DEEDS = ("show", "require", "limit")
#: How a condition names a custom field: “field.KEY”.
OWN = "field."


@dataclass(frozen=True, kw_only=True)
class Condition:
    """about: role, status, team, priority, brand, channel, or “field.KEY”."""

    about: str
    test: str
    values: tuple[str, ...] = ()

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Condition":
        return cls(about=stored["about"], test=stored["test"], values=tuple(stored.get("values", ())))

    def as_json(self) -> dict[str, Any]:
        return {"about": self.about, "test": self.test, "values": list(self.values)}


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What becomes of a field: it shows, must be filled in, or offers these choices only.

    A field that some rule shows is hidden until one of them does.
    """

    field: str
    deed: str
    choices: tuple[str, ...] = ()

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Effect":
        return cls(field=stored["field"], deed=stored["deed"], choices=tuple(stored.get("choices", ())))

    def as_json(self) -> dict[str, Any]:
        return {"field": self.field, "deed": self.deed, "choices": list(self.choices)}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When all conditions hold, all effects happen."""

    name: str
    conditions: tuple[Condition, ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """Who asks, and how it stands. role: the key of a role, None where the desk itself acts.

    sees_all: a role that may do everything. customer: only public fields. facts: what is built in, by the
    name that conditions use; several words where each is a name of the same, a status and its category.
    """

    role: str | None = None
    sees_all: bool = False
    customer: bool = False
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A field of a form. choices: what is offered now; the value stays offered though it is retired."""

    field: Field
    value: Value
    editable: bool
    required: bool
    choices: tuple[Choice, ...] = ()

    @property
    def is_filled(self) -> bool:
        return self.value is not None

    @property
    def is_missing(self) -> bool:
        """Whether it must be filled in, by this very person, and is not."""
        return self.required and self.editable and self.value is None


def form_of(
    fields: Iterable[Field], rules: Sequence[Rule], values: Mapping[str, Value], circumstances: Circumstances
) -> list[Entry]:
    """The entries of the form, in order. A hidden field counts as empty for what hangs on it."""
    open_fields = [each for each in fields if not each.retired and is_for(each, circumstances)]
    shown = {each.key for each in open_fields} | _unseen(fields, open_fields)
    while True:  # each round can only hide more, so there are at most as many as fields
        holding = [rule for rule in rules if _holds(rule, shown, values, circumstances)]
        left = shown - _hidden(rules, holding)
        if left == shown:
            break
        shown = left
    required = set(_fields(holding, "require"))
    return [
        Entry(
            field=each,
            value=values.get(each.key),
            editable=_may_edit(each, circumstances),
            required=each.required or each.key in required,
            choices=_choices(each, holding, values.get(each.key)) if each.choices else (),
        )
        for each in open_fields
        if each.key in shown
    ]


def _unseen(fields: Iterable[Field], open_fields: Sequence[Field]) -> set[str]:
    """Fields that are not for this person: they show nothing, and conditions look at them all the same."""
    return {each.key for each in fields if not each.retired} - {each.key for each in open_fields}


def is_for(each: Field, asking: Circumstances) -> bool:
    """Whether this person may see the field at all, whatever the rules of the form say."""
    if asking.customer:
        return each.public
    return asking.role is None or asking.sees_all or not each.visible_to or asking.role in each.visible_to


def _may_edit(each: Field, asking: Circumstances) -> bool:
    if asking.customer or asking.role is None or asking.sees_all:
        return True
    return not each.editable_by or asking.role in each.editable_by


def _hidden(rules: Sequence[Rule], holding: Sequence[Rule]) -> set[str]:
    return set(_fields(rules, "show")) - set(_fields(holding, "show"))


def _fields(rules: Sequence[Rule], deed: str) -> list[str]:
    return [effect.field for rule in rules for effect in rule.effects if effect.deed == deed]


def _holds(rule: Rule, shown: set[str], values: Mapping[str, Value], asking: Circumstances) -> bool:
    return all(_is_true(each, shown, values, asking) for each in rule.conditions)


def _is_true(
    condition: Condition, shown: set[str], values: Mapping[str, Value], asking: Circumstances
) -> bool:
    words = _words_for(condition.about, shown, values, asking)
    if condition.test in ("filled", "empty"):
        return bool(words) == (condition.test == "filled")
    if condition.test in ("over", "under"):
        return any(_compare(word, condition) for word in words)
    found = any(word == value or word.startswith(f"{value}/") for word in words for value in condition.values)
    return found == (condition.test == "is")


def _words_for(
    about: str, shown: set[str], values: Mapping[str, Value], asking: Circumstances
) -> tuple[str, ...]:
    if about == "role":
        return ("customer",) if asking.customer else (asking.role,) if asking.role else ()
    if not about.startswith(OWN):
        return asking.facts.get(about, ())
    key = about.removeprefix(OWN)
    value = values.get(key) if key in shown else None
    if isinstance(value, list):
        return tuple(value)
    return () if value is None else (str(value),)


def _compare(word: str, condition: Condition) -> bool:
    """Numbers by size; dates, which are written year first, by their letters."""
    bound = condition.values[0] if condition.values else ""
    try:
        left: float | str = float(word)
        right: float | str = float(bound)
    except ValueError:
        left, right = word, bound
    return left > right if condition.test == "over" else left < right  # type: ignore[operator]


def _choices(each: Field, holding: Sequence[Rule], value: Value) -> tuple[Choice, ...]:
    offered = [choice for choice in each.choices if not choice.retired or _has(value, choice.key)]
    for rule in holding:
        for effect in rule.effects:
            if effect.field == each.key and effect.deed == "limit":
                offered = [choice for choice in offered if _is_within(choice.key, effect.choices, each.kind)]
    return tuple(offered)


def _has(value: Value, key: str) -> bool:
    return key in value if isinstance(value, list) else value == key


def _is_within(key: str, allowed: tuple[str, ...], kind: Kind) -> bool:
    """Of a tree, a branch that is allowed brings everything under it."""
    return key in allowed or (kind == Kind.TREE and any(key.startswith(f"{each}/") for each in allowed))

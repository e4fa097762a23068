"""A form rule as it is edited: lines of conditions and effects, in words; checked and made into a rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from handrail.fields import nouns
from handrail.fields.field import CHOOSING, Field, Noun
from handrail.fields.forming import OWN, Condition, Effect, Rule

#: So many lines of each are on the form; a rule that needs more is two rules.
LINES = range(5)
TESTS: list[tuple[str, str | Promise]] = [
    ("is", _("is one of")),
    ("is_not", _("is none of")),
    ("filled", _("is filled in")),
    ("empty", _("is empty")),
    ("over", _("is more than")),
    ("under", _("is less than")),
]
DEEDS: list[tuple[str, str | Promise]] = [
    ("show", _("show only then")),
    ("require", _("must be filled in")),
    ("limit", _("offer only these choices")),
]


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """What conditions can ask about, and the words of its values, of one noun."""

    fields: Sequence[Field]
    words: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, noun: Noun, fields: Sequence[Field]) -> "Vocabulary":
        built_in = nouns.aspects() if noun == Noun.TICKET else {"role": nouns.aspects()["role"]}
        own = {OWN + each.key: each.choice_words for each in fields}
        return cls(fields=fields, words={key: each.options() for key, each in built_in.items()} | own)

    @property
    def abouts(self) -> list[tuple[str, str]]:
        built_in = {key: str(each.label) for key, each in nouns.aspects().items() if key in self.words}
        return [("", "–"), *built_in.items(), *((OWN + each.key, each.label) for each in self.fields)]

    @property
    def every_word(self) -> list[str]:
        """All words of values, to choose from while typing."""
        return sorted({word for words in self.words.values() for word in words.values()})

    def values(self, about: str, typed: str) -> tuple[str, ...]:
        """The values that words stand for. Raises ValueError with the word that is unknown."""
        words = self.words.get(about, {})
        by_word = {word.casefold(): key for key, word in words.items()}
        found = []
        for each in filter(None, (part.strip() for part in typed.split(","))):
            key = each if each in words or not words else by_word.get(each.casefold())
            if key is None:
                raise ValueError(each)
            found.append(key)
        return tuple(found)

    def typed(self, about: str, values: Sequence[str]) -> str:
        """Values in words."""
        words = self.words.get(about, {})
        return ", ".join(words.get(value, value) for value in values)


class RuleForm(forms.Form):
    """Lines without an aspect, or without a field, count as not there."""

    name = forms.CharField(label=_("Name"), max_length=100)
    active = forms.BooleanField(label=_("It counts"), required=False, initial=True)

    def __init__(self, *args: Any, vocabulary: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vocabulary = vocabulary
        targets = [("", "–"), *((each.key, each.label) for each in vocabulary.fields)]
        for n in LINES:
            self.fields[f"about_{n}"] = forms.ChoiceField(choices=vocabulary.abouts, required=False)
            self.fields[f"test_{n}"] = forms.ChoiceField(choices=TESTS, required=False)
            self.fields[f"values_{n}"] = forms.CharField(max_length=1_000, required=False)
            self.fields[f"field_{n}"] = forms.ChoiceField(choices=targets, required=False)
            self.fields[f"deed_{n}"] = forms.ChoiceField(choices=DEEDS, required=False)
            self.fields[f"choices_{n}"] = forms.CharField(max_length=4_000, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if self.errors:
            return found
        try:
            conditions = [self._condition(n) for n in LINES if found[f"about_{n}"]]
            effects = [self._effect(n) for n in LINES if found[f"field_{n}"]]
        except ValueError as unknown:
            raise forms.ValidationError(_t("“%s” is no value there.") % unknown) from unknown
        if not effects:
            raise forms.ValidationError(_t("Say what becomes of at least one field."))
        found["rule"] = Rule(name=found["name"], conditions=tuple(conditions), effects=tuple(effects))
        return found

    @property
    def rule(self) -> Rule:
        rule: Rule = self.cleaned_data["rule"]
        return rule

    def _condition(self, n: int) -> Condition:
        about, test = self.cleaned_data[f"about_{n}"], self.cleaned_data[f"test_{n}"] or "is"
        typed = "" if test in ("filled", "empty") else self.cleaned_data[f"values_{n}"]
        values = self.vocabulary.values(about, typed)
        if not values and test not in ("filled", "empty"):
            raise forms.ValidationError(_t("A condition compares with something: fill in its value."))
        return Condition(about=about, test=test, values=values)

    def _effect(self, n: int) -> Effect:
        key, deed = self.cleaned_data[f"field_{n}"], self.cleaned_data[f"deed_{n}"] or "show"
        if deed != "limit":
            return Effect(field=key, deed=deed)
        field = next(each for each in self.vocabulary.fields if each.key == key)
        if field.kind not in CHOOSING:
            raise forms.ValidationError(_t("“%s” has no choices to limit.") % field.label)
        return Effect(
            field=key,
            deed=deed,
            choices=self.vocabulary.values(OWN + key, self.cleaned_data[f"choices_{n}"]),
        )

    @staticmethod
    def of(rule: Rule, vocabulary: Vocabulary) -> dict[str, Any]:
        """What the form shows at first."""
        shown: dict[str, Any] = {"name": rule.name}
        for n, each in enumerate(rule.conditions[: len(LINES)]):
            shown |= {f"about_{n}": each.about, f"test_{n}": each.test}
            shown[f"values_{n}"] = vocabulary.typed(each.about, each.values)
        for n, effect in enumerate(rule.effects[: len(LINES)]):
            shown |= {f"field_{n}": effect.field, f"deed_{n}": effect.deed}
            shown[f"choices_{n}"] = vocabulary.typed(OWN + effect.field, effect.choices)
        return shown

"""What admins say about fields, checked; nothing else."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Role
from handrail.fields import choice_lines
from handrail.fields.choice_lines import Unreadable
from handrail.fields.cleaning import Wrong, cleaned
from handrail.fields.field import CHOOSING, POINTING, Choice, Field, Kind, Noun
from handrail.fields.models import Definition
from handrail.fields.nouns import finder

_KEY = RegexValidator(r"^[a-z][a-z0-9_]*$", _("Use small letters, digits and underscores; a letter first."))


class LabelForm(forms.Form):
    """What a field is called in each language of the desk."""

    label_en = forms.CharField(label=_("Name in English"), max_length=80)
    label_de = forms.CharField(label=_("Name in German"), max_length=80, required=False)

    def in_languages(self, name: str) -> dict[str, str]:
        """The words of both languages, as far as there are any."""
        words = {key: self.cleaned_data.get(f"{name}_{key}", "").strip() for key in ("en", "de")}
        return {key: each for key, each in words.items() if each}


class NewFieldForm(LabelForm):
    """A field with nothing but a name: the rest is on its own page."""

    noun = forms.ChoiceField(label=_("On"), choices=Noun.choices)
    kind = forms.ChoiceField(label=_("It holds"), choices=Kind.choices, help_text=_("This never changes."))
    key = forms.CharField(
        label=_("Key"),
        max_length=40,
        validators=[_KEY],
        help_text=_("Filters, rules and programs name it so. It never changes."),
    )
    field_order = ("label_en", "label_de", "noun", "kind", "key")


class FieldForm(LabelForm):
    """Everything about a field but its noun, key and kind. Only what its kind knows is on the form."""

    help_en = forms.CharField(label=_("Help in English"), max_length=300, required=False)
    help_de = forms.CharField(label=_("Help in German"), max_length=300, required=False)
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "One on each line: key = English | German. Under another one of a tree: a/b. Whoever has a "
            "choice that you take out keeps it."
        ),
    )
    to = forms.ChoiceField(label=_("Points at"), choices=Noun.choices, required=False)
    least = forms.DecimalField(label=_("At least"), required=False, max_digits=20, decimal_places=6)
    most = forms.DecimalField(label=_("At most"), required=False, max_digits=20, decimal_places=6)
    default = forms.CharField(
        label=_("Filled in at first"), required=False, max_length=500, help_text=_("Of a choice: its key.")
    )
    section = forms.CharField(label=_("Heading it stands under"), required=False, max_length=80)
    required = forms.BooleanField(label=_("Must be filled in"), required=False)
    public = forms.BooleanField(
        label=_("Customers see it and fill it in"), required=False, help_text=_("On their form of requests.")
    )
    visible_to = forms.MultipleChoiceField(
        label=_("Who sees it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("No tick: everybody."),
    )
    editable_by = forms.MultipleChoiceField(
        label=_("Who fills it in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("No tick: everybody who sees it."),
    )

    def __init__(self, *args: Any, field: Field, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field = field
        roles = [(role.key, role.title) for role in Role.objects.exclude(rights=["portal.use"])]
        for name in ("visible_to", "editable_by"):
            self.fields[name].choices = roles  # type: ignore[attr-defined]
        for name in self._strange(field):
            del self.fields[name]

    @staticmethod
    def _strange(field: Field) -> set[str]:
        """What a field of this kind does not have."""
        strange = set() if field.kind in CHOOSING else {"choices"}
        strange |= set() if field.kind == Kind.RELATION else {"to"}
        strange |= set() if field.kind == Kind.NUMBER else {"least", "most"}
        strange |= {"default", "public"} if field.kind in POINTING else set()
        return strange | (set() if field.noun == Noun.TICKET else {"public", "default"})

    def clean_choices(self) -> list[Choice]:
        try:
            return choice_lines.read(
                self.cleaned_data["choices"], former=self.field.choices, tree=self.field.kind == Kind.TREE
            )
        except Unreadable as unreadable:
            raise forms.ValidationError(str(unreadable.args[0])) from unreadable

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.errors and found.get("default"):
            try:
                found["default"] = cleaned(self._as_it_would_be(found), found["default"], find=finder(None))
            except Wrong as wrong:
                self.add_error("default", str(wrong.args[0]))
        return found

    def _as_it_would_be(self, found: dict[str, Any]) -> Field:
        return Field(
            key=self.field.key,
            kind=self.field.kind,
            labels={},
            helps={},
            choices=tuple(each for each in found.get("choices", ()) if not each.retired),
            least=found.get("least"),
            most=found.get("most"),
        )

    @property
    def settings(self) -> dict[str, Any]:
        """What `Definition.edit` takes."""
        given = {
            name: self.cleaned_data[name]
            for name in ("to", "least", "most", "section", "required", "public", "visible_to", "editable_by")
            if name in self.fields
        }
        if "choices" in self.fields:
            given["choices"] = [each.as_json() for each in self.cleaned_data["choices"]]
        if "default" in self.fields:
            given["default"] = self.cleaned_data["default"] or None
        return {**given, "labels": self.in_languages("label"), "helps": self.in_languages("help")}

    @staticmethod
    def of(row: Definition) -> dict[str, Any]:
        """What the form shows at first."""
        names = (
            "to",
            "least",
            "most",
            "default",
            "section",
            "required",
            "public",
            "visible_to",
            "editable_by",
        )
        words = {f"label_{key}": each for key, each in row.labels.items()}
        words |= {f"help_{key}": each for key, each in row.helps.items()}
        return {
            **words,
            **{name: getattr(row, name) for name in names},
            "choices": choice_lines.written(row.field.choices),
        }

"""What somebody writes when they make a macro, checked."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from handrail.kit import clock
from handrail.kit import html as markup
from handrail.search.language import Malformed
from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.doing.forms import WRITTEN
from handrail.tickets.doing.shared_forms import SharedActionsForm
from handrail.tickets.macros.filling import names_in
from handrail.tickets.macros.fitting import check
from handrail.tickets.macros.variables import NAMES
from handrail.tickets.models.macro import Macro, Recipe, Wording

#: No macro says more, in characters.
LONGEST_TEXT = 50_000
_LANGUAGES = {"": _("What it says"), **dict(settings.LANGUAGES)}
_AREA = {"rows": 6, "dir": "auto"}


class MacroForm(SharedActionsForm):
    """Names, words and steps."""

    is_for_macros = True
    may_share = policies.may_share_macros

    mode = forms.ChoiceField(
        label=_("Its words are"),
        choices=[("reply", _("an answer to the customer")), ("note", _("a note that only colleagues see"))],
    )
    condition = forms.CharField(
        label=_("Offered on tickets that fulfil"),
        max_length=500,
        required=False,
        help_text=_("In the language of filters, as team:parcels language:de. Empty: on every ticket."),
    )
    review_on = forms.DateField(
        label=_("Look at it again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("From then on it is marked until somebody has looked."),
    )

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, agent=agent, **kwargs)
        for language, label in _LANGUAGES.items():
            self.fields[f"text_{language}"] = forms.CharField(
                label=label, max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs=_AREA)
            )
            self.fields[f"html_{language}"] = forms.CharField(
                max_length=LONGEST_TEXT * 5, required=False, widget=forms.HiddenInput
            )

    @property
    def wordings(self) -> list[tuple[str, Any, Any]]:
        """(language, text, html) for each language; the first is for everybody."""
        return [(key, self[f"text_{key}"], self[f"html_{key}"]) for key in _LANGUAGES]

    def clean_condition(self) -> str:
        words: str = self.cleaned_data["condition"].strip()
        try:
            check(words, agent=self.agent, at=clock.now())
        except Malformed as wrong:
            raise ValidationError(str(wrong)) from None
        return words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["actions"] = self._actions(cleaned)
        cleaned["wordings"] = {key: self._wording(cleaned, key) for key in _LANGUAGES}
        if not cleaned["actions"] and not any(each.text for each in cleaned["wordings"].values()):
            raise ValidationError(
                _("A macro says something or does something: write words or choose a step.")
            )
        return cleaned

    def recipe(self) -> Recipe:
        """What was written, for Macro.make and rewrite."""
        given = self.cleaned_data
        return Recipe(
            name=given["name"],
            about=given["about"],
            mode=given["mode"],
            actions=given["actions"],
            wordings=given["wordings"],
            condition=given["condition"],
            review_on=given["review_on"],
            **self.scope(),
        )

    @classmethod
    def of(cls, macro: Macro) -> dict[str, Any]:
        """A macro as initial values."""
        texts = {text.language: text for text in macro.texts.all()}
        said = {f"text_{key}": text.text for key, text in texts.items()}
        rich = {f"html_{key}": text.html for key, text in texts.items()}
        tags = {key: ", ".join(v for k, v in macro.actions if k == key) for key in WRITTEN}
        names = ("name", "about", "mode", "condition", "review_on")
        plain = {name: getattr(macro, name) for name in names}
        return {**dict(macro.actions), **tags, **said, **rich, **plain, **cls.scope_of(macro)}

    def _wording(self, cleaned: dict[str, Any], language: str) -> Wording:
        html = markup.strict(cleaned.get(f"html_{language}") or "")
        text = markup.text_of_written(html) if html else (cleaned.get(f"text_{language}") or "").strip()
        unknown = sorted(names_in(text) - set(NAMES))
        if unknown:
            said = _("There is no “%(name)s”. Possible: %(names)s.")
            self.add_error(f"text_{language}", said % {"name": unknown[0], "names": ", ".join(NAMES)})
        return Wording(text=text, html=html if text else "")

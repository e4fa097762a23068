"""What somebody writes when they make a macro, checked."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Brand
from handrail.kit import clock
from handrail.kit import html as markup
from handrail.search.language import Malformed
from handrail.team.models import Agent, Team
from handrail.tickets import policies
from handrail.tickets.doing import Unfit, kept, read
from handrail.tickets.doing.forms import WRITTEN, ActionsForm
from handrail.tickets.macros.filling import names_in
from handrail.tickets.macros.fitting import check
from handrail.tickets.macros.variables import NAMES
from handrail.tickets.models.macro import Macro, Recipe, Wording

#: No macro says more, in characters.
LONGEST_TEXT = 50_000
MINE, EVERYONE = "mine", "everyone"
_LANGUAGES = {"": _("What it says"), **dict(settings.LANGUAGES)}
_AREA = {"rows": 6, "dir": "auto"}


class MacroForm(ActionsForm):
    """Names, words and steps."""

    is_for_macros = True

    name = forms.CharField(label=_("Name"), max_length=100)
    about = forms.CharField(label=_("What it is for"), max_length=200, required=False)
    whose = forms.ChoiceField(label=_("Who can use it"))
    brand = forms.ChoiceField(label=_("Brand"), required=False)
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
        self.fields["whose"].choices = self._scopes()  # type: ignore[attr-defined]
        brands = Brand.objects.filter(pk__in=agent.brand_ids).order_by("name")
        self.fields["brand"].choices = [  # type: ignore[attr-defined]
            ("", _("Every brand")),
            *((str(brand.pk), brand.name) for brand in brands),
        ]
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
        whose = given["whose"]
        return Recipe(
            name=given["name"],
            about=given["about"],
            mode=given["mode"],
            actions=given["actions"],
            wordings=given["wordings"],
            condition=given["condition"],
            brand=Brand.objects.filter(pk=given["brand"]).first() if given["brand"] else None,
            owner=self.agent if whose == MINE else None,
            team=None if whose in (MINE, EVERYONE) else Team.objects.get(pk=UUID(whose)),
            review_on=given["review_on"],
        )

    @classmethod
    def of(cls, macro: Macro) -> dict[str, Any]:
        """A macro as initial values."""
        texts = {text.language: text for text in macro.texts.all()}
        said = {f"text_{key}": text.text for key, text in texts.items()}
        rich = {f"html_{key}": text.html for key, text in texts.items()}
        tags = {key: ", ".join(v for k, v in macro.actions if k == key) for key in WRITTEN}
        whose = MINE if macro.owner_id else str(macro.team_id) if macro.team_id else EVERYONE
        names = ("name", "about", "mode", "condition", "review_on")
        plain = {name: getattr(macro, name) for name in names}
        return {
            **dict(macro.actions),
            **tags,
            **said,
            **rich,
            **plain,
            "whose": whose,
            "brand": macro.brand_id,
        }

    def _scopes(self) -> list[tuple[str, Any]]:
        scopes: list[tuple[str, Any]] = [(MINE, _("Only you"))]
        if policies.may_share_macros(self.agent):
            teams = Team.objects.filter(brand__in=self.agent.brand_ids).order_by("name")
            scopes += [(str(team.pk), _("Team %(team)s") % {"team": team.name}) for team in teams]
            scopes.append((EVERYONE, _("Everybody")))
        return scopes

    def _actions(self, cleaned: dict[str, Any]) -> list[list[str]]:
        """The chosen steps as they are kept; a wrong one is said beside its field."""
        found = []
        for key, value in self.pairs_in(cleaned):
            try:
                found.append(read(key, value, by=self.agent))
            except Unfit as unfit:
                self.add_error(key, str(unfit))
        return kept(found)

    def _wording(self, cleaned: dict[str, Any], language: str) -> Wording:
        html = markup.strict(cleaned.get(f"html_{language}") or "")
        text = markup.text_of_written(html) if html else (cleaned.get(f"text_{language}") or "").strip()
        unknown = sorted(names_in(text) - set(NAMES))
        if unknown:
            said = _("There is no “%(name)s”. Possible: %(names)s.")
            self.add_error(f"text_{language}", said % {"name": unknown[0], "names": ", ".join(NAMES)})
        return Wording(text=text, html=html if text else "")

"""What somebody chooses for many tickets, checked."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from handrail.team.models import Agent
from handrail.tickets.bulk.choosing import AT_MOST, Choice
from handrail.tickets.doing import Action, Unfit, read_all
from handrail.tickets.doing.forms import ActionsForm
from handrail.tickets.models.macro import Macro


class ChoiceForm(forms.Form):
    """number: once for each ticket picked; all: every ticket that the question finds, apart from some."""

    question = forms.CharField(required=False, max_length=2_000)
    all = forms.BooleanField(required=False)

    def choice(self) -> Choice:
        """What was chosen."""
        if self.cleaned_data["all"]:
            return Choice(question=self.cleaned_data["question"], apart_from=self._numbers("except"))
        return Choice(numbers=self._numbers("number"))

    def _numbers(self, name: str) -> tuple[int, ...]:
        given = self.data.getlist(name) if hasattr(self.data, "getlist") else []
        words = [word for field in given for word in field.split(",")][:AT_MOST]
        return tuple(int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 16)


class StepsForm(ActionsForm):
    """What is done with each: a macro's steps, or steps chosen here."""

    macro = forms.ChoiceField(label=_("As in a macro"), required=False)

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, agent=agent, **kwargs)
        macros = [macro for macro in Macro.objects.visible_to(agent).in_use() if macro.actions]
        none = ("", _("No macro"))
        self.macros = {str(macro.pk): macro for macro in macros}
        named = [(key, macro.name) for key, macro in self.macros.items()]
        self.fields["macro"].choices = [none, *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            cleaned["steps"] = read_all([*self._of_macro(cleaned), *self.pairs_in(cleaned)], by=self.agent)
        except Unfit as unfit:
            raise ValidationError(str(unfit)) from None
        if not cleaned["steps"]:
            raise ValidationError(_("Choose at least one step."))
        return cleaned

    @property
    def actions(self) -> list[Action]:
        actions: list[Action] = self.cleaned_data["steps"]
        return actions

    def _of_macro(self, cleaned: dict[str, Any]) -> list[list[str]]:
        key = cleaned.get("macro") or ""
        return self.macros[key].actions if key in self.macros else []

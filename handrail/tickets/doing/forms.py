"""Choosing what is done: a field for each action, for macros and for work on many tickets alike."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from handrail.team.models import Agent
from handrail.tickets.doing.action import Action
from handrail.tickets.doing.registry import ACTIONS

#: Their values are written, parted by commas; the other actions have choices.
WRITTEN = ("tag", "untag")


class ActionsForm(forms.Form):
    """Actions with choices have a field each; tags are written, parted by commas."""

    is_for_macros: ClassVar[bool] = False

    tag = forms.CharField(label=_("Tags to put on"), max_length=500, required=False)
    untag = forms.CharField(label=_("Tags to take off"), max_length=500, required=False)

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agent = agent
        for key, action in self._offered().items():
            if choices := action.choices(by=agent):
                leave = ("", _("Leave it as it is"))
                self.fields[key] = forms.ChoiceField(
                    label=str(action.label), required=False, choices=[leave, *choices]
                )

    def _offered(self) -> dict[str, type[Action]]:
        """Deleting is not offered to those who may not, and never in a macro."""
        return {
            key: action
            for key, action in ACTIONS.items()
            if action.for_macros or (not self.is_for_macros and action.policy(self.agent))
        }

    def pairs_in(self, cleaned: Mapping[str, Any]) -> list[tuple[str, str]]:
        """What was chosen and written, as key and value."""
        found = []
        for key in ACTIONS:
            given = cleaned.get(key) or ""
            values = given.split(",") if key in WRITTEN else [given]
            found += [(key, value.strip()) for value in values if value.strip()]
        return found

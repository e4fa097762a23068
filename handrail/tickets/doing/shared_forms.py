"""Actions kept under a name, for oneself, a team or everybody: what macros and ticket templates share."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Brand
from handrail.team.models import Agent, Team
from handrail.tickets.doing.forms import ActionsForm
from handrail.tickets.doing.registry import kept, read
from handrail.tickets.unfit import Unfit

MINE, EVERYONE = "mine", "everyone"


class SharedActionsForm(ActionsForm):
    """may_share: who may make it for others than themselves."""

    may_share: ClassVar[Callable[[Agent], bool]]

    name = forms.CharField(label=_("Name"), max_length=100)
    about = forms.CharField(label=_("What it is for"), max_length=200, required=False)
    whose = forms.ChoiceField(label=_("Who can use it"))
    brand = forms.ChoiceField(label=_("Brand"), required=False)

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, agent=agent, **kwargs)
        self.fields["whose"].choices = self._scopes()  # type: ignore[attr-defined]
        brands = Brand.objects.filter(pk__in=agent.brand_ids).order_by("name")
        every = [("", _("Every brand")), *((str(brand.pk), brand.name) for brand in brands)]
        self.fields["brand"].choices = every  # type: ignore[attr-defined]

    def scope(self) -> dict[str, Any]:
        """Whose it was said to be: owner, team and brand, each perhaps None."""
        whose, brand = self.cleaned_data["whose"], self.cleaned_data["brand"]
        return {
            "brand": Brand.objects.filter(pk=brand).first() if brand else None,
            "owner": self.agent if whose == MINE else None,
            "team": None if whose in (MINE, EVERYONE) else Team.objects.get(pk=UUID(whose)),
        }

    @staticmethod
    def scope_of(made: Any) -> dict[str, Any]:
        """The same of something that was made, as initial values."""
        whose = MINE if made.owner_id else str(made.team_id) if made.team_id else EVERYONE
        return {"whose": whose, "brand": made.brand_id or ""}

    def _scopes(self) -> list[tuple[str, Any]]:
        scopes: list[tuple[str, Any]] = [(MINE, _("Only you"))]
        if type(self).may_share(self.agent):
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

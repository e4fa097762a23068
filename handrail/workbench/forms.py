"""Checks what people choose about views; nothing else."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handrail.kit import clock
from handrail.search.language import Malformed, SortKey, parse
from handrail.team.models import Agent
from handrail.team.queries import teams_of
from handrail.tickets import policies
from handrail.tickets.models import View
from handrail.tickets.queries.asking import asker_of
from handrail.tickets.queries.facets import COLUMNS
from handrail.tickets.queries.vocabulary import SORTS, TICKETS

ORDERS = (
    ("", _("The longest wait first")),
    ("-updated", _("The latest change first")),
    ("-created", _("The newest first")),
    ("created", _("The oldest first")),
    ("-priority", _("The most urgent first")),
    ("-received", _("The customer’s latest word first")),
    ("subject", _("By subject")),
    ("number", _("By number")),
)


class ArrangementForm(forms.Form):
    """Which further columns the rows show, and their order."""

    columns = forms.MultipleChoiceField(
        label=_("What the rows show besides"),
        choices=[(key, label) for key, label in COLUMNS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sort = forms.ChoiceField(label=_("Order"), choices=ORDERS, required=False)


class ViewForm(ArrangementForm):
    """A view: its name, what it asks, how it is shown, and for whom."""

    name = forms.CharField(label=_("Name"), max_length=100)
    text = forms.CharField(label=_("Filter"), max_length=1000, required=False)
    shape = forms.ChoiceField(label=_("Shape"), choices=View.Shape.choices)
    grouping = forms.ChoiceField(label=_("Group by"), choices=View.Grouping.choices, required=False)
    dated_by = forms.ChoiceField(label=_("In a calendar by"), choices=View.DatedBy.choices)
    audience = forms.ChoiceField(label=_("For"))
    field_order = ("name", "text", "shape", "grouping", "dated_by", "sort", "columns", "audience")

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agent = agent
        self.teams = {f"team:{team.pk}": team for team in teams_of(agent)}
        choices = [("person", _("Only me")), *((key, team.name) for key, team in self.teams.items())]
        if policies.may_share_views(agent):
            choices.append(("everyone", _("Everyone")))
        field: Any = self.fields["audience"]
        field.choices = choices

    def clean_text(self) -> str:
        """A filter that can be understood, without its order, which is chosen beside it."""
        text = str(self.cleaned_data["text"])
        try:
            TICKETS.condition(parse(text), asker_of(self.agent, at=clock.now()))
        except Malformed as wrong:
            part = text[wrong.start : wrong.end]
            raise forms.ValidationError(f"“{part}”: {wrong.advice}" if part else wrong.advice) from wrong
        return text

    def columns_of_view(self) -> dict[str, Any]:
        """The checked values, as a view keeps them."""
        given = dict(self.cleaned_data)
        audience = given.pop("audience")
        team = self.teams.get(audience)
        if given["shape"] == View.Shape.BOARD and not given["grouping"]:
            given["grouping"] = View.Grouping.STATUS
        return given | {"audience": "team" if team else audience, "team": team}


def shown_of(view: View) -> dict[str, Any]:
    """What the form of a view shows at first."""
    same = ("name", "text", "shape", "grouping", "dated_by", "sort", "columns")
    audience = f"team:{view.team_id}" if view.team_id else view.audience
    return {**{name: getattr(view, name) for name in same}, "audience": audience}


def order_word(sort: tuple[SortKey, ...]) -> str:
    """One order in the words of `ORDERS`, when it is one of them."""
    word = ",".join(f"-{key.name}" if key.backwards else key.name for key in sort)
    return word if word in dict(ORDERS) and all(key.name in SORTS for key in sort) else ""

"""Checks what people choose about views; nothing else."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handrail.fields.field import Kind
from handrail.kit import clock
from handrail.search.language import Malformed, SortKey, parse
from handrail.team.models import Agent
from handrail.team.queries import teams_of
from handrail.tickets import policies
from handrail.tickets.models import View
from handrail.tickets.queries.asking import asker_of
from handrail.tickets.queries.asking_fields import PREFIX, sorts_by_fields
from handrail.tickets.queries.facets import columns_for
from handrail.tickets.queries.fields import told_fields
from handrail.tickets.queries.vocabulary import TICKETS

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
        label=_("What the rows show besides"), widget=forms.CheckboxSelectMultiple, required=False
    )
    sort = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agent = agent
        self._offer("columns", columns_for(agent).items())
        self._offer("sort", orders_for(agent))

    def _offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = list(choices)


class ViewForm(ArrangementForm):
    """A view: its name, what it asks, how it is shown, and for whom."""

    name = forms.CharField(label=_("Name"), max_length=100)
    text = forms.CharField(label=_("Filter"), max_length=1000, required=False)
    shape = forms.ChoiceField(label=_("Shape"), choices=View.Shape.choices)
    grouping = forms.ChoiceField(label=_("Group by"), required=False)
    dated_by = forms.ChoiceField(label=_("In a calendar by"), choices=View.DatedBy.choices)
    audience = forms.ChoiceField(label=_("For"))
    field_order = ("name", "text", "shape", "grouping", "dated_by", "sort", "columns", "audience")

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, agent=agent, **kwargs)
        self.teams = {f"team:{team.pk}": team for team in teams_of(agent)}
        choices = [("person", _("Only me")), *((key, team.name) for key, team in self.teams.items())]
        if policies.may_share_views(agent):
            choices.append(("everyone", _("Everyone")))
        self._offer("audience", choices)
        self._offer("grouping", [*View.Grouping.choices, *grouping_fields(agent)])

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


def orders_for(agent: Agent) -> list[tuple[str, Any]]:
    """The usual orders, and by each custom field that has one, either way."""
    custom = sorts_by_fields(asker_of(agent, at=clock.now()))
    up = [(name, _("By %(field)s") % {"field": label}) for name, label in custom.items()]
    down = [(f"-{name}", _("By %(field)s, backwards") % {"field": label}) for name, label in custom.items()]
    return [*ORDERS, *(pair for pairs in zip(up, down, strict=True) for pair in pairs)]


def grouping_fields(agent: Agent) -> list[tuple[str, str]]:
    """The custom fields by which lists are grouped and boards are parted: those with one choice of a list."""
    known = told_fields(agent).values()
    return [(f"{PREFIX}{each.key}", each.label) for each in known if each.kind == Kind.CHOICE]


def shown_of(view: View) -> dict[str, Any]:
    """What the form of a view shows at first."""
    same = ("name", "text", "shape", "grouping", "dated_by", "sort", "columns")
    audience = f"team:{view.team_id}" if view.team_id else view.audience
    return {**{name: getattr(view, name) for name in same}, "audience": audience}


def order_word(sort: tuple[SortKey, ...], *, agent: Agent) -> str:
    """One order in the words of those that this agent may choose, when it is one of them."""
    word = ",".join(f"-{key.name}" if key.backwards else key.name for key in sort)
    return word if word in dict(orders_for(agent)) else ""

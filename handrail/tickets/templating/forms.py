"""What somebody writes when they make a ticket template, checked."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Brand
from handrail.fields.checking import Checked, checked
from handrail.fields.field import Noun, Value
from handrail.fields.nouns import finder
from handrail.fields.posted import Cell, cells_of, given_in
from handrail.fields.queries import setup_of
from handrail.team.models import Agent, Team
from handrail.tickets import policies, stages
from handrail.tickets.by_hand.ways import MODES, Mode, Way
from handrail.tickets.circumstances import circumstances_of
from handrail.tickets.doing import ACTIONS, Unfit, kept, read
from handrail.tickets.doing.forms import ActionsForm
from handrail.tickets.forms import WrittenForm
from handrail.tickets.models import Ticket
from handrail.tickets.models.ticket_template import Beginning, TicketTemplate

MINE, EVERYONE = "mine", "everyone"
#: What a template can do with its tickets, of all the actions there are.
OFFERED = ("team", "owner", "priority", "tag", "due", "checklist")


class TemplateForm(WrittenForm, ActionsForm):
    """Its custom fields stand beside it and are read by `values_in`."""

    name = forms.CharField(label=_("Name"), max_length=100, strip=True)
    about = forms.CharField(label=_("What it is for"), max_length=200, required=False)
    whose = forms.ChoiceField(label=_("Who can use it"))
    brand = forms.ChoiceField(label=_("Brand"), required=False)
    way = forms.ChoiceField(label=_("How such tickets come"), choices=Way.choices)
    mode = forms.ChoiceField(label=_("Its words are"), choices=Mode.choices)
    subject = forms.CharField(label=_("Subject"), max_length=500, required=False, strip=True)

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, agent=agent, **kwargs)
        for key in [key for key in self.fields if key in ACTIONS and key not in OFFERED]:
            del self.fields[key]
        self.fields["whose"].choices = self._scopes()  # type: ignore[attr-defined]
        brands = Brand.objects.filter(pk__in=agent.brand_ids).order_by("name")
        every = [("", _("Every brand")), *((str(brand.pk), brand.name) for brand in brands)]
        self.fields["brand"].choices = every  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        way, mode = cleaned.get("way"), cleaned.get("mode")
        if way and mode not in MODES[way]:
            self.add_error("mode", _("Such a ticket has no customer who could say or read it."))
        cleaned["actions"] = self._actions(cleaned)
        return cleaned

    def beginning(self, fields: dict[str, Value]) -> Beginning:
        """What was written. fields: the values of custom fields, checked."""
        given, whose = self.cleaned_data, self.cleaned_data["whose"]
        return Beginning(
            **{name: given[name] for name in ("name", "about", "way", "mode", "subject", "actions")},
            text=self.text,
            html=self.html,
            fields=fields,
            brand=Brand.objects.filter(pk=given["brand"]).first() if given["brand"] else None,
            owner=self.agent if whose == MINE else None,
            team=None if whose in (MINE, EVERYONE) else Team.objects.get(pk=UUID(whose)),
        )

    @classmethod
    def of(cls, template: TicketTemplate) -> dict[str, Any]:
        """A template as initial values."""
        whose = MINE if template.owner_id else str(template.team_id) if template.team_id else EVERYONE
        plain = {name: getattr(template, name) for name in ("name", "about", "way", "mode", "subject")}
        written = {"body": template.text, "body_html": template.html}
        done = {key: template.value_of(key) for key in OFFERED}
        return {**plain, **written, **done, "whose": whose, "brand": template.brand_id or ""}

    def _scopes(self) -> list[tuple[str, Any]]:
        scopes: list[tuple[str, Any]] = [(MINE, _("Only you"))]
        if policies.may_share_templates(self.agent):
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


def would_hold(given: dict[str, object], *, template: TicketTemplate | None, agent: Agent) -> Checked:
    """The custom fields as they were typed. What is not filled in is filled in on the ticket."""
    setup = setup_of(Noun.TICKET)
    sketch = Ticket(number=0, priority=Ticket.Priority.NORMAL, channel=Way.PHONE)
    would = checked(
        setup.fields,
        setup.rules,
        now=template.fields if template else {},
        wanted=given,
        circumstances=circumstances_of(sketch, stages.stages().of("new", None), by=agent),
        find=finder(agent.user),
    )
    for key in [key for key in would.problems if not given.get(key)]:
        del would.problems[key]
    return would


def cells_for(sent: Any, *, template: TicketTemplate | None, agent: Agent) -> list[Cell]:
    """The controls of the custom fields. sent: the form as it was sent, or nothing."""
    live = setup_of(Noun.TICKET).live
    if not live:
        return []
    given = given_in(sent, live) if sent else {}
    would = would_hold(given, template=template, agent=agent)
    return cells_of(would.form, typed=given, problems=would.problems if sent else {}, viewer=agent.user)

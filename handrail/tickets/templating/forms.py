"""What somebody writes when they make a ticket template, checked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handrail.fields.checking import Checked, checked
from handrail.fields.field import Noun, Value
from handrail.fields.nouns import finder
from handrail.fields.posted import Cell, cells_of, given_in
from handrail.fields.queries import setup_of
from handrail.team.models import Agent
from handrail.tickets import policies, stages
from handrail.tickets.by_hand.ways import MODES, Mode, Way
from handrail.tickets.circumstances import circumstances_of
from handrail.tickets.doing import ACTIONS
from handrail.tickets.doing.shared_forms import SharedActionsForm
from handrail.tickets.forms import WrittenForm
from handrail.tickets.models import Ticket
from handrail.tickets.models.ticket_template import Beginning, TicketTemplate

#: What a template can do with its tickets, of all the actions there are.
OFFERED = ("team", "owner", "priority", "tag", "due", "checklist")


class TemplateForm(WrittenForm, SharedActionsForm):
    """Its custom fields stand beside it and are read by `values_in`."""

    may_share = policies.may_share_templates

    way = forms.ChoiceField(label=_("How such tickets come"), choices=Way.choices)
    mode = forms.ChoiceField(label=_("Its words are"), choices=Mode.choices)
    subject = forms.CharField(label=_("Subject"), max_length=500, required=False, strip=True)

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, agent=agent, **kwargs)
        for key in [key for key in self.fields if key in ACTIONS and key not in OFFERED]:
            del self.fields[key]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        way, mode = cleaned.get("way"), cleaned.get("mode")
        if way and mode not in MODES[way]:
            self.add_error("mode", _("Such a ticket has no customer who could say or read it."))
        cleaned["actions"] = self._actions(cleaned)
        return cleaned

    def beginning(self, fields: dict[str, Value]) -> Beginning:
        """What was written. fields: the values of custom fields, checked."""
        given = self.cleaned_data
        return Beginning(
            **{name: given[name] for name in ("name", "about", "way", "mode", "subject", "actions")},
            text=self.text,
            html=self.html,
            fields=fields,
            **self.scope(),
        )

    @classmethod
    def of(cls, template: TicketTemplate) -> dict[str, Any]:
        """A template as initial values."""
        plain = {name: getattr(template, name) for name in ("name", "about", "way", "mode", "subject")}
        written = {"body": template.text, "body_html": template.html}
        done = {key: template.value_of(key) for key in OFFERED}
        return {**plain, **written, **done, **cls.scope_of(template)}


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

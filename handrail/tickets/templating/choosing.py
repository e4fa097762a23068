"""A template is chosen for a new ticket: what it says takes its place on the form."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.utils.html import escape

from handrail.fields.field import Noun
from handrail.fields.posted import PREFIX, STOOD
from handrail.fields.queries import setup_of
from handrail.kit import html as markup
from handrail.team.models import Agent
from handrail.tickets import outlets
from handrail.tickets.by_hand.ways import Mode
from handrail.tickets.doing import Action, Unfit, read
from handrail.tickets.doing.owner import ME, NOBODY
from handrail.tickets.macros.filling import filled
from handrail.tickets.macros.variables import NAMES, values_on
from handrail.tickets.models import Ticket
from handrail.tickets.models.ticket_template import TicketTemplate

#: What a template sets that stands on the form of a new ticket.
SHOWN = ("team", "owner", "priority", "tag")


class Unknown(Exception):
    """Names in the words have no value; args[0] is what they mean, by name."""


def templates_for(agent: Agent) -> list[TicketTemplate]:
    """Those this colleague can use, by name."""
    return list(TicketTemplate.objects.visible_to(agent).in_use())


def template_for(key: UUID | None, *, agent: Agent) -> TicketTemplate | None:
    """One of them by its id."""
    return TicketTemplate.objects.visible_to(agent).in_use().filter(pk=key).first() if key else None


def put_on(sent: QueryDict, template: TicketTemplate, *, by: Agent) -> None:
    """Let the form hold what the template says; who it is for, and what it says nothing about, stays."""
    sent["template"] = str(template.pk)
    sent["way"], sent["mode"], sent["mode_of"] = template.way, template.mode, template.way
    if template.brand_id:
        _speak_for(template.brand_id, sent, by=by)
    if template.subject:
        sent["subject"] = template.subject
    if template.mode != Mode.NONE and template.text:
        sent["body"], sent["body_html"] = template.text, template.html
    for key in ("team", "owner", "priority"):
        if value := template.value_of(key):
            sent[key] = {ME: str(by.pk), NOBODY: ""}.get(value, value)
    if tags := template.value_of("tag"):
        sent["tag"] = tags
    for field in setup_of(Noun.TICKET).live:
        if (value := template.fields.get(field.key)) is not None:
            sent.setlist(PREFIX + field.key, value if isinstance(value, list) else [str(value)])
            sent.appendlist(STOOD, field.key)


def further(template: TicketTemplate | None, *, by: Agent) -> tuple[list[Action], list[str]]:
    """What the template does that no control of the form shows, and why some of it cannot be done."""
    actions: list[Action] = []
    troubles = []
    for key, value in template.actions if template else ():
        try:
            if key not in SHOWN:
                actions.append(read(key, value, by=by))
        except Unfit as unfit:
            troubles.append(str(unfit))
    return actions, troubles


def _speak_for(brand_id: UUID, sent: QueryDict, *, by: Agent) -> None:
    """From an address of the template's brand: the chosen one where it is."""
    ours = [each.key for each in outlets.offered(by) if each.brand_id == brand_id]
    if ours and sent.get("outlet") not in ours:
        sent["outlet"] = ours[0]


def said(
    text: str,
    html: str,
    ticket: Ticket,
    *,
    by: Agent,
    strict: bool = True,
    apart: Sequence[str] = (),
    at: datetime,
) -> tuple[str, str]:
    """The words with their names filled in, plain and rich. Raises Unknown; not strict: with gaps instead.

    apart: names whose values are not known yet.
    """
    values = values_on(ticket, by=by, language=ticket.language or ticket.requester.language, at=at)
    values |= dict.fromkeys(apart, "")
    plain, rich = filled(text, values), filled(html, values, escape=escape)
    if plain.missing and strict:
        raise Unknown({name: str(NAMES[name]) for name in plain.missing})
    clean = markup.strict(rich.text) if html else ""
    return markup.text_of_clean(clean) if clean else plain.text, clean

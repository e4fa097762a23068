"""The names that words of a macro can use, and their values on one ticket for one writer."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import formats, translation
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from handrail.accounts.rights import Words
from handrail.kit.text import one_line
from handrail.team.models import Agent
from handrail.tickets.models import Participant, Ticket

#: In the order in which they are offered.
NAMES: Mapping[str, Words] = {
    "customer.first_name": _("the customer’s first name"),
    "customer.name": _("the customer’s name"),
    "customer.email": _("the customer’s address"),
    "customer.organisation": _("the customer’s organisation"),
    "customer.plan": _("the organisation’s plan"),
    "ticket.number": _("the ticket’s number"),
    "ticket.subject": _("the ticket’s subject"),
    "ticket.opened": _("the day the ticket was opened"),
    "agent.first_name": _("your first name"),
    "agent.name": _("your name"),
    "agent.title": _("your title"),
    "team.name": _("the ticket’s team"),
    "brand.name": _("the brand"),
    "today": _("today’s date"),
}
#: How a word stands in for an unknown value, and how a part stands only where one is known.
EXAMPLES: Mapping[str, str] = {
    "instead": "{{customer.first_name|there}}",
    "condition": "{{#if customer.plan}}…{{else}}…{{/if}}",
}
_LONGEST = 300


def values_on(ticket: Ticket, *, by: Agent, language: str, at: datetime) -> dict[str, str]:
    """A value for each name, empty where it is unknown. language: in which dates are written."""
    person, organisation = ticket.requester, ticket.requester.organisation
    values = {
        "customer.first_name": _first(person.name),
        "customer.name": "" if "@" in person.name else person.name,
        "customer.email": _address_on(ticket),
        "customer.organisation": organisation.name if organisation else "",
        "customer.plan": organisation.plan if organisation else "",
        "ticket.number": f"#{ticket.number}",
        "ticket.subject": ticket.subject,
        "ticket.opened": _day(ticket.created_at, language),
        "agent.first_name": _first(by.name),
        "agent.name": by.name,
        "agent.title": by.title,
        "team.name": ticket.team.name if ticket.team else "",
        "brand.name": ticket.brand.name,
        "today": _day(at, language),
    }
    return {name: one_line(value, limit=_LONGEST) for name, value in values.items()}


def _first(name: str) -> str:
    """An address is no name; of a name the first word."""
    return "" if "@" in name else (name.split() or [""])[0]


def _address_on(ticket: Ticket) -> str:
    seats = ticket.participants.filter(part=Participant.Part.REQUESTER)
    return seats.values_list("address", flat=True).first() or ""


def _day(moment: datetime, language: str) -> str:
    with translation.override(language or "en"):
        return formats.date_format(localtime(moment).date(), "DATE_FORMAT")

"""What tickets know about a person, on the person's page: everything they asked."""

from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from handrail.accounts.models import User
from handrail.team.queries import agent_behind
from handrail.tickets.queries import tickets_of_person


def tickets_of(request: HttpRequest, person_id: UUID) -> SafeString:
    """The tickets that this person opened, as far as the asking agent may see them."""
    agent = agent_behind(request.user) if isinstance(request.user, User) else None
    if agent is None:
        return format_html("{}", "")
    rows = tickets_of_person(person_id, agent=agent)
    return render_to_string("tickets/history/_of_person.html", {"rows": rows}, request=request)

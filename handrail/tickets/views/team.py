"""The team that has the ticket: post another one."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.tickets import policies
from handrail.tickets.forms import TeamForm
from handrail.tickets.queries.choosing import teams_for
from handrail.tickets.views.base import TicketView


class TeamView(TicketView):
    """Only teams of the ticket's brand can have it."""

    policy = policies.may_assign

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = TeamForm(request.POST)
        team = teams_for(self.ticket, agent=self.agent)
        chosen = team.filter(pk=form.cleaned_data["team"]).first() if form.is_valid() else None
        if chosen is None:
            return self.refused(_("Choose a team from the list."), status=422)
        self.ticket.move(chosen, by=self.agent, at=clock.now())
        return self.panels(told=_("Moved to %(team)s.") % {"team": chosen.name})

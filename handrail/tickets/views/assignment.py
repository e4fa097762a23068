"""Whose ticket it is: get to choose, post to give it to somebody or, without an owner, back to the team."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.forms import AssignmentForm
from handrail.tickets.models import Ticket
from handrail.tickets.queries.choosing import colleagues_for, teams_for
from handrail.tickets.views.base import TicketView


class AssignmentView(TicketView):
    """Who acted on an old picture is told who has it now."""

    policy = policies.may_assign

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        template = "tickets/assignment/_menu.html" if self.wants_fragment else "tickets/assignment/edit.html"
        colleagues = colleagues_for(self.ticket, agent=self.agent)
        teams = teams_for(self.ticket, agent=self.agent)
        return self.page(template, ticket=self.ticket, agent=self.agent, colleagues=colleagues, teams=teams)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = AssignmentForm(request.POST)
        if not form.is_valid():
            return self.refused(_("Choose somebody from the list."), status=422)
        if form.owner_id is None:
            return self._assign(None, form)
        owner = colleagues_for(self.ticket, agent=self.agent).filter(pk=form.owner_id).first()
        if owner is None:
            return self.refused(_("Choose somebody from the list."), status=422)
        return self._assign(owner, form)

    def _assign(self, owner: Agent | None, form: AssignmentForm) -> HttpResponse:
        try:
            if "seen" in form.data:
                self.ticket.expect_owner(form.seen_id)
            self.ticket.assign(owner, by=self.agent, at=clock.now())
        except Ticket.OwnerChanged:
            return self.refused(self._who_was_faster())
        return self.panels(told=self._words(owner))

    def _words(self, owner: Agent | None) -> str:
        if owner is None:
            return _("It is nobody’s now.")
        if owner == self.agent:
            return _("It is yours.")
        return _("Given to %(who)s.") % {"who": owner.name}

    def _who_was_faster(self) -> str:
        owner = self.visible().owner
        if owner is None:
            return _("Somebody was faster: it is nobody’s now.")
        return _("Somebody was faster: it is with %(who)s now.") % {"who": owner.name}

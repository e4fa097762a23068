"""The priority of a ticket: post another one."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.tickets import policies
from handrail.tickets.forms import PriorityForm
from handrail.tickets.views.base import TicketView


class PriorityView(TicketView):
    """The same one again changes nothing."""

    policy = policies.may_change

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = PriorityForm(request.POST)
        if not form.is_valid():
            return self.refused(_("Choose a priority from the list."), status=422)
        self.ticket.prioritise(form.cleaned_data["priority"], by=self.agent, at=clock.now())
        return self.panels()

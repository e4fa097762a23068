"""The snooze of a ticket: post a moment or an event, delete to bring it back now."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.tickets import planning, policies
from handrail.tickets.forms import SnoozeForm
from handrail.tickets.models import Ticket
from handrail.tickets.views.base import TicketView


class SnoozeView(TicketView):
    """A customer's word brings it back whatever was chosen."""

    policy = policies.may_change

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form, at = SnoozeForm(request.POST), clock.now()
        if not form.is_valid():
            return self.refused(_("Choose a moment."), status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            until = form.planned(zone=get_current_timezone_name(), at=at)
            self.ticket.snooze(until=until, wakes_on=form.cleaned_data["wakes_on"], by=self.agent, at=at)
        except planning.NotAhead:
            words = _("Choose a moment at least five minutes ahead, and at most a year.")
            return self.refused(words, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        except Ticket.IsDone:
            return self.refused(_("It is done: there is nothing to come back to."))
        except Ticket.MoveForbidden:
            return self.refused(_("Your role does not move tickets there."), status=HTTPStatus.FORBIDDEN)
        return self.panels(told=_("It sleeps. A word of the customer wakes it at once."))

    def delete(self, request: HttpRequest, number: int) -> HttpResponse:
        try:
            self.ticket.wake(by=self.agent, why="hand", at=clock.now())
        except Ticket.NotSnoozed:
            return self.refused(_("Somebody was faster: it is awake already."))
        return self.panels(told=_("It is back."))

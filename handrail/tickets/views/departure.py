"""When a planned answer leaves: post another moment, or that it leaves now."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.tickets import planning, policies
from handrail.tickets.forms import DepartureForm
from handrail.tickets.models import Message, Ticket
from handrail.tickets.views.base import TicketView


class DepartureView(TicketView):
    """Everybody who may answer may move a planned answer: its writer may be away when the customer writes."""

    policy = policies.may_reply

    def post(self, request: HttpRequest, number: int, message_id: UUID) -> HttpResponse:
        rows = Message.objects.filter(ticket=self.ticket, planned__isnull=False)
        message = rows.filter(pk=message_id).first()
        if message is None:
            raise Http404
        form = DepartureForm(request.POST)
        if not form.is_valid():
            return self.refused(_("Choose a moment."), status=HTTPStatus.UNPROCESSABLE_ENTITY)
        at = clock.now()
        try:
            when = None if form.is_now else form.when(zone=get_current_timezone_name(), at=at)
            self.ticket.plan(message, when=when, by=self.agent, at=at)
        except planning.NotAhead:
            words = _("Choose a moment at least five minutes ahead, and at most a year.")
            return self.refused(words, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        except Ticket.AlreadySent:
            return self.refused(_("Too late: the answer is on its way."))
        return self.panels()

"""An agent looks at a ticket: from now on it is read."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from handrail.kit import clock
from handrail.tickets.models import Visit
from handrail.tickets.views.base import TicketView


class VisitView(TicketView):
    """Posted by the page once it is shown; reading alone never writes."""

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        Visit.note(ticket_id=self.ticket.pk, agent=self.agent, at=clock.now())
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

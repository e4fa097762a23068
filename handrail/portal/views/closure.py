"""The customer says that it is done."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from handrail.kit import clock
from handrail.portal import asking
from handrail.portal.access import RequestView
from handrail.tickets.models import Ticket


class ClosureView(RequestView):
    """POST closes the request; one that was closed meanwhile simply shows so."""

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        with suppress(Ticket.AlreadyClosed):
            asking.close(self.ticket, at=clock.now())
        return HttpResponseRedirect(reverse("portal:show", args=[number]))

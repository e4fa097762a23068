"""The due date of a ticket: get to choose, post one, delete it."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.tickets import policies
from handrail.tickets.checklists import dues
from handrail.tickets.checklists.forms import DueForm
from handrail.tickets.views.base import TicketView


class DueView(TicketView):
    """By the clock of who chooses. The same again changes nothing."""

    policy = policies.may_change

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        return self._choose()

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form, at = DueForm(request.POST), clock.now()
        moment = form.moment(at=at) if form.is_valid() else None
        if moment is None:
            return self._choose(_("Choose a moment."), status=422)
        return self._set(moment, at=at)

    def delete(self, request: HttpRequest, number: int) -> HttpResponse:
        return self._set(None, at=clock.now())

    def back(self) -> HttpResponse:
        """From its own page on to the ticket."""
        return self.go_to(self.number)

    def _set(self, moment: datetime | None, *, at: datetime) -> HttpResponse:
        self.ticket.fall_due(moment, by=self.agent, at=at)
        return self.panels()

    def _choose(self, trouble: str = "", *, status: int = 200) -> HttpResponse:
        page = "tickets/due/_edit.html" if self.wants_fragment else "tickets/due/edit.html"
        typed = dues.typed(self.ticket.due_at)
        return self.page(
            page, status=status, ticket=self.ticket, usual=dues.USUAL, typed=typed, trouble=trouble
        )

"""The closure of a ticket: post to close it, delete to open it again."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.tickets import policies
from handrail.tickets.forms import ClosureForm
from handrail.tickets.models import Ticket
from handrail.tickets.reasons import words_for
from handrail.tickets.views.base import TicketView


class ClosureView(TicketView):
    """Whoever comes second is told who was faster, and nothing is lost."""

    policy = policies.may_close

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = ClosureForm(request.POST)
        if not form.is_valid():
            return self.refused(str(form.errors["reason"][0]), status=422)
        try:
            self.ticket.close(by=self.agent, reason=form.cleaned_data["reason"], at=clock.now())
        except Ticket.AlreadyClosed:
            return self.refused(self._who_was_faster())
        return self.panels(told=_("Closed."))

    def delete(self, request: HttpRequest, number: int) -> HttpResponse:
        try:
            self.ticket.reopen(by=self.agent, at=clock.now())
        except Ticket.NotClosed:
            return self.refused(_("Somebody was faster: it is open already."))
        return self.panels(told=_("Opened again."))

    def _who_was_faster(self) -> str:
        closure = self.visible().closure
        who = closure.by.name if closure.by else _("Handrail")
        return _("%(who)s was faster and closed it: %(reason)s") % {
            "who": who,
            "reason": words_for(closure.reason),
        }

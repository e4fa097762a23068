"""The closure of a ticket: post to close it, delete to open it again."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.tickets import policies
from handrail.tickets.forms import ClosureForm
from handrail.tickets.models import Ticket
from handrail.tickets.models.ticket.guarding import OVERRIDE
from handrail.tickets.reasons import USUAL, words_for
from handrail.tickets.views.base import TicketView


class ClosureView(TicketView):
    """Whoever comes second is told who was faster, and nothing is lost."""

    policy = policies.may_close

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """What stands in the way, and a form to close it all the same."""
        standing = self.ticket.still_open()
        seen = Ticket.objects.visible_to(self.agent).filter(pk__in=[each.pk for each in standing])
        return self.page(
            "tickets/closure/held_up.html",
            ticket=self.ticket,
            standing=seen.order_by("number"),
            hidden=len(standing) - len(seen),
            tasks=self.ticket.open_tasks(),
            to=request.GET.get("to", ""),
            reason=request.GET.get("reason", ""),
            reasons={key: str(words) for key, words in USUAL.items()},
            may_override=self.agent.may(OVERRIDE),
        )

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = ClosureForm(request.POST)
        if not form.is_valid():
            return self.refused(str(form.errors["reason"][0]), status=422)
        try:
            self._end(**form.cleaned_data)
        except Ticket.HeldUp:
            return self.ask_why(reason=form.cleaned_data["reason"], to=form.cleaned_data["to"])
        except Ticket.AlreadyClosed:
            return self.refused(self._who_was_faster())
        except (Ticket.AlreadyThere, Ticket.NoSuchStatus):
            return self.refused(_("Somebody was faster: look at the status it has now."))
        was_asked = form.cleaned_data["despite"] or form.cleaned_data["to"]
        return self.go_to(self.number) if was_asked else self.panels(told=_("Closed."))

    def delete(self, request: HttpRequest, number: int) -> HttpResponse:
        try:
            self.ticket.reopen(by=self.agent, at=clock.now())
        except Ticket.NotClosed:
            return self.refused(_("Somebody was faster: it is open already."))
        return self.panels(told=_("Opened again."))

    def _end(self, *, reason: str, despite: str, to: str) -> None:
        """Close it, or bring it to another end that was chosen."""
        if to:
            self.ticket.set_status(to, by=self.agent, reason=reason, despite=despite, at=clock.now())
        else:
            self.ticket.close(by=self.agent, reason=reason, despite=despite, at=clock.now())

    def _who_was_faster(self) -> str:
        closure = self.visible().closure
        who = closure.by.name if closure.by else _("Handrail")
        return _("%(who)s was faster and closed it: %(reason)s") % {
            "who": who,
            "reason": words_for(closure.reason),
        }

"""The status of a ticket: post another one, by its key."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.tickets import policies, stages
from handrail.tickets.models import Ticket
from handrail.tickets.status_forms import StatusForm
from handrail.tickets.views.base import TicketView


class StatusView(TicketView):
    """Only what the menu offers is taken; a program's wish is judged by the same verb."""

    policy = policies.may_set_status

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form, every = StatusForm(request.POST), stages.stages()
        target = every.by_key(form.cleaned_data["to"]) if form.is_valid() else None
        if target is None:
            return self.refused(_("Choose a status from the list."), status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if not policies.may_move(self.agent, every.of(self.ticket.status, self.ticket.stage_id), target):
            raise PermissionDenied
        at, reason = clock.now(), form.cleaned_data["reason"]
        try:
            self.ticket.set_status(target.key, by=self.agent, reason=reason, at=at)
        except Ticket.HeldUp:
            return self.ask_why(reason=reason, to=target.key)
        except Ticket.NoSuchStatus:
            return self.refused(_("Choose a status from the list."), status=HTTPStatus.UNPROCESSABLE_ENTITY)
        except (Ticket.AlreadyThere, Ticket.AlreadyClosed, Ticket.AlreadyHeld):
            return self.refused(_("Somebody was faster: look at the status it has now."))
        return self.panels(told=target.words)

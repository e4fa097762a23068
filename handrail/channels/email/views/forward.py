"""Sending a message on to somebody who is not on its ticket."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.channels.email import forwarding
from handrail.channels.email.header_lines import Unsendable
from handrail.channels.email.sending_forms import ForwardForm
from handrail.kit import clock
from handrail.team.access import AgentView
from handrail.tickets.doing import Unfit
from handrail.tickets.models import Message, Ticket


class ForwardView(AgentView):
    """GET asks to whom, with what; POST sends it."""

    def get(self, request: HttpRequest, message: UUID) -> HttpResponse:
        found = self._message(message)
        return self._show(found, ForwardForm(message=found, initial={"key": uuid4(), "words": "new"}))

    def post(self, request: HttpRequest, message: UUID) -> HttpResponse:
        found = self._message(message)
        form = ForwardForm(request.POST, message=found)
        if not form.is_valid():
            return self._show(found, form, status=422)
        try:
            forwarding.forward(found, by=self.agent, at=clock.now(), **form.chosen())
        except Ticket.NeedsReview:
            words = _("A colleague reads your words before they leave: ask one to send this on.")
            form.add_error(None, words)
            return self._show(found, form, status=409)
        except Unfit as unfit:
            form.add_error(None, str(unfit))
            return self._show(found, form, status=409)
        except Unsendable:
            form.add_error(None, _("The brand has no active mailbox to write from."))
            return self._show(found, form, status=409)
        messages.success(request, _("Forwarded."))
        return self.go("tickets:show", number=found.ticket.number)

    def _message(self, message: UUID) -> Message:
        """One that was said in public, on a ticket this agent sees; a 404 for everything else."""
        ticket = get_object_or_404(Ticket.objects.visible_to(self.agent), messages=message)
        said = ticket.messages.exclude(kind=Message.Kind.NOTE).select_related("person", "agent")
        found: Message = get_object_or_404(said, pk=message)
        if not self.agent.may("tickets.reply"):
            raise PermissionDenied
        return found

    def _show(self, message: Message, form: ForwardForm, *, status: int = 200) -> HttpResponse:
        return self.page("email/forward/edit.html", message=message, form=form, status=status)

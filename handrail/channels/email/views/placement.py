"""Why a message lies where it lies, for its own page; and putting it elsewhere."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.channels.email import deciding, shelves
from handrail.channels.email.deciding_forms import CorrectionForm
from handrail.kit import clock
from handrail.team.models import Agent
from handrail.tickets import merging, moving, policies
from handrail.tickets.models import Message, Ticket


class PlacedView(PrivateView):
    """One message on a ticket that this agent may see, else 404."""

    agent: Agent
    message: Message

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            self.agent, self.message = shelves.message_for(request.user, kwargs["message"])
        return super().dispatch(request, *args, **kwargs)


class PlacementView(PlacedView):
    """GET is the evidence in words, as a fragment."""

    def get(self, request: HttpRequest, message: UUID) -> HttpResponse:
        evidence = shelves.evidence_of([message]).get(message)
        may_correct = self.agent.may("tickets.change") and self.agent.may("mail.decide")
        return self.page(
            "email/placement/_panel.html", message=self.message, evidence=evidence, may_correct=may_correct
        )


class PerhapsView(PlacedView):
    """GET is the ticket that a message may belong to, with the press that puts it there; else nothing."""

    def get(self, request: HttpRequest, message: UUID) -> HttpResponse:
        perhaps = shelves.other_ticket_of(self.message, agent=self.agent)
        may_correct = self.agent.may("mail.decide") and policies.may_merge(self.agent)
        return self.page(
            "email/placement/_perhaps.html", message=self.message, perhaps=perhaps, may_correct=may_correct
        )


class CorrectionView(PlacedView):
    """POST puts the message on the ticket with `number`, or on a new one; or says that it is spam."""

    right = "mail.decide"

    def post(self, request: HttpRequest, message: UUID) -> HttpResponse:
        if not self.agent.may("tickets.change"):
            raise PermissionDenied
        form = CorrectionForm(request.POST)
        if form.is_valid() and form.cleaned_data["is_spam"]:
            return self._call_spam()
        if form.is_valid() and form.cleaned_data["stays"]:
            deciding.leave_there(self.message, by=self.agent, at=clock.now())
            return self._back(self.message.ticket)
        number = form.cleaned_data["number"] if form.is_valid() else None
        target = self._target(number) if number else None
        if not form.is_valid() or (number and target is None):
            messages.warning(request, _("There is no ticket with this number in this brand."))
            return self._back(self.message.ticket)
        try:
            ticket = deciding.correct(self.message, to=target, by=self.agent, at=clock.now())
        except (moving.OnlyMessage, merging.OneAlready):
            messages.info(request, _("It is the only message of its ticket, which would be empty."))
            return self._back(self.message.ticket)
        messages.success(request, _("It lies on #%(number)s now.") % {"number": ticket.number})
        return self._back(ticket)

    def _call_spam(self) -> HttpResponse:
        deciding.call_message_spam(self.message, by=self.agent, at=clock.now())
        messages.success(self.request, _("The filter learns that this is spam."))
        return self._back(self.message.ticket)

    def _target(self, number: int) -> Ticket | None:
        return shelves.ticket_of(self.message.ticket.brand_id, number, agent=self.agent)

    def _back(self, ticket: Ticket) -> HttpResponse:
        return self.go("tickets:show", number=ticket.number)

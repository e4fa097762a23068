"""Answers to the customer: post one; delete one to take it back before it leaves."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.tickets import answering, policies
from handrail.tickets.forms import ReplyForm
from handrail.tickets.models import Draft, Message, Ticket
from handrail.tickets.views.base import TicketView
from handrail.tickets.views.composing import ComposingView


class RepliesView(ComposingView):
    """The same key twice makes one answer; a message that came since is shown before anything leaves."""

    policy = policies.may_reply

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = ReplyForm(request.POST)
        form.has_files = bool(Draft.files_on(ticket_id=self.ticket.pk, by=self.agent))
        if not form.is_valid():
            return self.incomplete(form, mode=Draft.Mode.REPLY)
        if form.cleaned_data["closing"] and not policies.may_close(self.agent):
            return self.refused(_("You may not close tickets."), status=HTTPStatus.FORBIDDEN)
        try:
            message = self._answer(form)
        except Ticket.NewerMessage as newer:
            return self.kept(form, mode=Draft.Mode.REPLY, status=HTTPStatus.CONFLICT, newer=newer.args[0])
        except answering.UsedKey:
            return self.sent_already(form, mode=Draft.Mode.REPLY)
        return self.sent(message, undo_seconds=settings.UNDO_SECONDS)

    def _answer(self, form: ReplyForm) -> Message:
        names = dict(self.ticket.participants.values_list("address", "name"))
        return answering.answer(
            self.ticket,
            text=form.text,
            html=form.html,
            by=self.agent,
            at=clock.now(),
            key=form.cleaned_data["key"],
            seen=form.cleaned_data["seen"],
            undo=timedelta(seconds=settings.UNDO_SECONDS),
            cc=[(names.get(address, ""), address) for address in form.cleaned_data["cc"]],
            closing=form.cleaned_data["closing"],
        )


class ReplyView(TicketView):
    """One's own answer, while its time runs."""

    policy = policies.may_reply

    def delete(self, request: HttpRequest, number: int, message_id: UUID) -> HttpResponse:
        rows = Message.objects.filter(ticket=self.ticket, kind=Message.Kind.REPLY, agent=self.agent)
        message = rows.filter(pk=message_id).first()
        if message is None:
            raise Http404
        try:
            answering.take_back(self.ticket, message, by=self.agent, at=clock.now())
        except Ticket.AlreadySent:
            return self.refused(_("Too late: the answer is on its way."))
        if not self.wants_fragment:
            return self.back()
        return self.page("tickets/composer/_taken_back.html", opened=self.opened(), key=message.pk)

"""Answers to the customer: post one; delete one to take it back before it leaves."""

from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.tickets import answering, policies, reviewing
from handrail.tickets.forms import ReplyForm
from handrail.tickets.models import Draft, Message, Ticket
from handrail.tickets.views.base import TicketView
from handrail.tickets.views.sending import SendingView


class RepliesView(SendingView):
    """The same key twice makes one answer; a message that came since is shown before anything leaves."""

    policy = policies.may_reply

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        if aside := self.too_long(mode=Draft.Mode.REPLY):
            return aside
        form = ReplyForm(request.POST)
        form.has_files = bool(Draft.files_with("", ticket_id=self.ticket.pk, by=self.agent))
        if not form.is_valid():
            return self.incomplete(form, mode=Draft.Mode.REPLY)
        if form.cleaned_data["closing"] and not policies.may_close(self.agent):
            return self.refused(_("You may not close tickets."), status=HTTPStatus.FORBIDDEN)
        return self.attempt(self._deliver, form, mode=Draft.Mode.REPLY)

    def _deliver(self, form: ReplyForm) -> HttpResponse:
        at = clock.now()
        if self.agent.answers_need_review:
            return self._ask(form, at=at)
        with transaction.atomic():
            message = self._answer(form, at=at)
            self.enter_time(form, at=at)
        is_planned = bool(form.cleaned_data["later"])
        return self.sent(message, undo_seconds=settings.UNDO_SECONDS, planned=is_planned)

    def _ask(self, form: ReplyForm, *, at: datetime) -> HttpResponse:
        """Somebody reads it before it leaves."""
        wish = self.wish(form, at=at)
        with transaction.atomic():
            reviewing.ask(self.ticket, wish, by=self.agent, at=at)
            self.enter_time(form, at=at)
        return self.asked()

    def _answer(self, form: ReplyForm, *, at: datetime) -> Message:
        return answering.answer(
            self.ticket,
            text=form.text,
            html=form.html,
            by=self.agent,
            at=at,
            planned=form.planned(zone=get_current_timezone_name(), at=at),
            key=form.cleaned_data["key"],
            seen=form.cleaned_data["seen"],
            undo=timedelta(seconds=settings.UNDO_SECONDS),
            cc=self.copied(form),
            bcc=self.copied(form, "bcc"),
            closing=form.cleaned_data["closing"],
            despite=form.cleaned_data["despite"],
            using=self.macro_in(form, at=at),
        )


class ReplyView(TicketView):
    """One's own answer, while its time runs; a planned one of anybody, for its writer may be away."""

    policy = policies.may_reply

    def delete(self, request: HttpRequest, number: int, message_id: UUID) -> HttpResponse:
        mine = Q(agent=self.agent) | Q(planned__isnull=False)
        rows = Message.objects.filter(mine, ticket=self.ticket, kind=Message.Kind.REPLY)
        message = rows.filter(pk=message_id).first()
        if message is None:
            raise Http404
        try:
            undone = answering.take_back(self.ticket, message, by=self.agent, at=clock.now())
        except Ticket.AlreadySent:
            return self.refused(_("Too late: the answer is on its way."))
        if not self.wants_fragment:
            return self.back()
        return self.page(
            "tickets/composer/_taken_back.html", opened=self.opened(), key=message.pk, undone=undone
        )

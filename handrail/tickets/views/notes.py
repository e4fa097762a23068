"""Notes that only colleagues see: post one."""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from handrail.kit import clock
from handrail.tickets import answering, policies
from handrail.tickets.forms import NoteForm
from handrail.tickets.models import Draft, Message
from handrail.tickets.views.sending import SendingView


class NotesView(SendingView):
    """The same key twice makes one note."""

    policy = policies.may_note

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        if aside := self.too_long(mode=Draft.Mode.NOTE):
            return aside
        form = NoteForm(request.POST)
        form.has_files = bool(Draft.files_with("", ticket_id=self.ticket.pk, by=self.agent))
        if not form.is_valid():
            return self.incomplete(form, mode=Draft.Mode.NOTE)
        return self.attempt(self._leave, form, mode=Draft.Mode.NOTE)

    def _leave(self, form: NoteForm) -> HttpResponse:
        with transaction.atomic():
            message = self._note(form, at=(at := clock.now()))
            self.enter_time(form, at=at)
        return self.sent(message)

    def _note(self, form: NoteForm, *, at: datetime) -> Message:
        return answering.note(
            self.ticket,
            text=form.text,
            html=form.html,
            by=self.agent,
            at=at,
            using=self.macro_in(form, at=at),
            key=form.cleaned_data["key"],
            mentioned=self.mentioned(form.html),
        )

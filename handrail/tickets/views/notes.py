"""Notes that only colleagues see: post one."""

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from handrail.kit import clock
from handrail.team.models import Agent
from handrail.tickets import answering, policies
from handrail.tickets.doing import HeldUp, Unfit
from handrail.tickets.forms import NoteForm
from handrail.tickets.models import Draft, Message
from handrail.tickets.queries.choosing import colleagues_for
from handrail.tickets.views.composing import ComposingView

_MENTION = re.compile(r'data-mention="([0-9a-f\-]{36})"')


class NotesView(ComposingView):
    """The same key twice makes one note."""

    policy = policies.may_note

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        if aside := self.too_long(mode=Draft.Mode.NOTE):
            return aside
        form = NoteForm(request.POST)
        form.has_files = bool(Draft.files_with("", ticket_id=self.ticket.pk, by=self.agent))
        if not form.is_valid():
            return self.incomplete(form, mode=Draft.Mode.NOTE)
        try:
            with transaction.atomic():
                message = self._note(form, at=(at := clock.now()))
                self.enter_time(form, at=at)
        except answering.UsedKey:
            return self.sent_already(form, mode=Draft.Mode.NOTE)
        except HeldUp as held:
            return self.held_up(form, mode=Draft.Mode.NOTE, what=held.what)
        except Unfit as unfit:
            return self.unfit(form, mode=Draft.Mode.NOTE, problem=str(unfit))
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
            mentioned=self._mentioned(form.html),
        )

    def _mentioned(self, html: str) -> list[Agent]:
        """The colleagues named in it, as far as they may be named here."""
        ids = {UUID(found) for found in _MENTION.findall(html)}
        return list(colleagues_for(self.ticket, agent=self.agent).filter(pk__in=ids)) if ids else []

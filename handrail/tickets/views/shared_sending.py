"""A shared draft becomes an answer or a note: post it."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.tickets import policies, reviewing, sharing
from handrail.tickets.forms import NoteForm, SharedSendingForm
from handrail.tickets.models import Draft, Message, SharedDraft, Variant
from handrail.tickets.views.sending import SendingView
from handrail.tickets.views.shared import SharedView


class SharedSendingView(SharedView, SendingView):
    """Sent as whoever presses; the same key twice makes one answer. A newer version is shown before."""

    def post(self, request: HttpRequest, number: int, draft_id: UUID) -> HttpResponse:
        if not (policies.may_note if self._is_note else policies.may_reply)(self.agent):
            raise PermissionDenied
        form = SharedSendingForm(request.POST)
        form.has_files = bool(self.draft.files_with(""))
        if not form.is_valid():
            return self.incomplete(form, mode=self.draft.mode)
        if self.draft.asked_at:
            raise PermissionDenied
        if form.cleaned_data["closing"] and not policies.may_close(self.agent):
            return self.refused(_("You may not close tickets."), status=HTTPStatus.FORBIDDEN)
        return self.attempt(self._deliver, form, mode=self.draft.mode)

    def kept(self, form: NoteForm, *, mode: str, status: int, **context: Any) -> HttpResponse:
        """What fits into a draft is saved in it before anything is said."""
        if form.is_valid():
            words: dict[str, Any] = {"text": form.text, "html": form.html, "by": self.agent}
            sharing.write(self.draft.pk, **words, seen=form.cleaned_data["version"], at=clock.now())
        return self.show(status=status, opened=self.as_typed(form, mode=mode), **context)

    @property
    def _is_note(self) -> bool:
        return self.draft.mode == Draft.Mode.NOTE

    def _deliver(self, form: SharedSendingForm) -> HttpResponse:
        try:
            if self.agent.answers_need_review and not self._is_note:
                return self._ask(form, at=clock.now())
            return self._send(form, at=clock.now())
        except SharedDraft.DoesNotExist:
            raise Http404 from None

    def _ask(self, form: SharedSendingForm, *, at: datetime) -> HttpResponse:
        """Somebody reads it before it leaves: it is the asking colleague's from then on."""
        wish, version = self.wish(form, at=at), form.cleaned_data["version"]
        with transaction.atomic():
            made = reviewing.ask_with(self.draft.pk, wish, version=version, by=self.agent, at=at)
            if not isinstance(made, Variant):
                self.enter_time(form, at=at)
        if isinstance(made, Variant):
            return self.show(status=HTTPStatus.CONFLICT, overtaken=True)
        return self._lead_back(self.asked())

    def _send(self, form: SharedSendingForm, *, at: datetime) -> HttpResponse:
        given = form.cleaned_data
        words = sharing.Words(
            text=form.text,
            html=form.html,
            key=given["key"],
            seen=given["seen"],
            undo=timedelta(seconds=settings.UNDO_SECONDS),
            cc=self.copied(form),
            bcc=self.copied(form, "bcc"),
            mentioned=self.mentioned(form.html),
            closing=given["closing"],
            despite=given["despite"],
            planned=form.planned(zone=get_current_timezone_name(), at=at),
            using=self.macro_in(form, at=at),
        )
        with transaction.atomic():
            made = sharing.send(self.draft.pk, words, version=given["version"], by=self.agent, at=at)
            if isinstance(made, Message):
                self.enter_time(form, at=at)
        if not isinstance(made, Message):
            return self.show(status=HTTPStatus.CONFLICT, overtaken=True)
        undo = 0 if self._is_note else settings.UNDO_SECONDS
        return self._lead_back(self.sent(made, undo_seconds=undo, planned=bool(given["later"])))

    def _lead_back(self, page: HttpResponse) -> HttpResponse:
        page["HX-Replace-Url"] = reverse("tickets:show", args=[self.number])
        return page

"""What an agent has begun to write: post to keep it, delete to throw it away; and its files."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from handrail.files import serving, storing
from handrail.files.pictures import can_stand_in_text
from handrail.kit import clock
from handrail.tickets import policies
from handrail.tickets.forms import DraftForm, addresses_in
from handrail.tickets.models import Draft
from handrail.tickets.models.attachment import content_id_of
from handrail.tickets.setting_aside import is_too_long, set_aside
from handrail.tickets.views.base import TicketView


class DraftView(TicketView):
    """Everybody has one draft on a ticket and sees nobody else's."""

    policy = policies.may_write
    takes_long_words = True

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = DraftForm(request.POST)
        if is_too_long(form.data.get("body", ""), form.data.get("body_html", "")):
            return self._set_aside()
        if not form.is_valid():
            return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        with suppress(Draft.WasSent):  # a late save of what has left: the answer is what counts
            self._keep(form)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

    @transaction.atomic
    def _keep(self, form: DraftForm) -> None:
        mine: dict[str, Any] = {"ticket_id": self.ticket.pk, "by": self.agent}
        given = form.cleaned_data
        words = {"mode": given["mode"], "text": form.text, "html": form.html, "key": given["key"]}
        Draft.keep(**mine, **words, at=clock.now())
        if "cc" in form.data:
            Draft.keep_readers(**mine, cc=addresses_in(form.data, "cc"), bcc=addresses_in(form.data, "bcc"))

    def _set_aside(self) -> HttpResponse:
        given = self.request.POST
        mode = Draft.Mode.NOTE if given.get("mode") == Draft.Mode.NOTE else Draft.Mode.REPLY
        words = {"text": given.get("body", ""), "html": given.get("body_html", "")}
        set_aside(ticket_id=self.ticket.pk, by=self.agent, mode=mode, at=clock.now(), **words)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

    def delete(self, request: HttpRequest, number: int) -> HttpResponse:
        Draft.discard(ticket_id=self.ticket.pk, by=self.agent)
        if not self.wants_fragment:
            return self.back()
        return self.page("tickets/composer/_composer.html", opened=self.opened(), key=uuid4())


class DraftFilesView(TicketView):
    """Files that are put with the draft before it is sent. `inline`: for a place in its text, if they fit."""

    policy = policies.may_write

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        upload = request.FILES.get("file")
        if upload is None:
            return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if (upload.size or 0) > storing.FILE_LIMIT:
            return self._refused(upload.name or "", _("larger than 25 MB"))
        at, content = clock.now(), upload.read()
        asked = "inline" in request.POST
        inline = asked and can_stand_in_text(content)
        stored = storing.store(name=upload.name or "", content=content, at=at)
        Draft.add_file(ticket_id=self.ticket.pk, by=self.agent, stored=stored, inline=inline, at=at)
        if inline:
            return self.page(
                "tickets/composer/_picture.html", file=stored, content_id=content_id_of(stored.pk)
            )
        return self.page("tickets/composer/_file.html", ticket=self.ticket, file=stored, beside=asked)

    def _refused(self, name: str, trouble: str) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return self.page("tickets/composer/_file_refused.html", status=status, name=name, trouble=trouble)


class DraftFileView(TicketView):
    """One file of one's own draft."""

    policy = policies.may_write

    def get(self, request: HttpRequest, number: int, stored_id: UUID) -> HttpResponseBase:
        files = Draft.files_on(ticket_id=self.ticket.pk, by=self.agent)
        stored = next((file for file in files if file.pk == stored_id), None)
        if stored is None:
            raise Http404
        return serving.answer(stored, inline="inline" in request.GET)

    def delete(self, request: HttpRequest, number: int, stored_id: UUID) -> HttpResponse:
        if not Draft.drop_file(ticket_id=self.ticket.pk, by=self.agent, stored_id=stored_id):
            raise Http404
        return HttpResponse() if self.wants_fragment else self.back()

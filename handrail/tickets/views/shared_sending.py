"""A shared draft becomes an answer or a note: post it."""

import re
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.team.models import Agent
from handrail.tickets import answering, policies, reviewing, sharing
from handrail.tickets.doing import Unfit
from handrail.tickets.forms import SharedSendingForm
from handrail.tickets.models import Draft, Message, SharedDraft, Ticket, Variant
from handrail.tickets.queries.choosing import colleagues_for
from handrail.tickets.views.shared import SharedView

_MENTION = re.compile(r'data-mention="([0-9a-f\-]{36})"')


class SharedSendingView(SharedView):
    """Sent as whoever presses; the same key twice makes one answer. A newer version is shown before."""

    def post(self, request: HttpRequest, number: int, draft_id: UUID) -> HttpResponse:
        is_note = self.draft.mode == Draft.Mode.NOTE
        if not (policies.may_note if is_note else policies.may_reply)(self.agent):
            raise PermissionDenied
        form = SharedSendingForm(request.POST)
        form.has_files = bool(self.draft.files_with(""))
        if not form.is_valid():
            problem = next(iter(form.errors.values()))[0]
            typed = self.as_typed(form, mode=self.draft.mode)
            return self.show(status=HTTPStatus.UNPROCESSABLE_ENTITY, problem=problem, opened=typed)
        if self.draft.asked_at:
            raise PermissionDenied
        try:
            if self.agent.answers_need_review and not is_note:
                return self._ask(form)
            made = self._send(form)
        except Ticket.NewerMessage as newer:
            return self._kept(form, newer=newer.args[0])
        except answering.UsedKey:
            problem = _("You have sent this before, in other words. Send again to send this too.")
            return self._kept(form, problem=problem)
        except Unfit as unfit:
            return self._kept(form, problem=str(unfit))
        except SharedDraft.DoesNotExist:
            raise Http404 from None
        if isinstance(made, Message):
            page = self.sent(made, undo_seconds=0 if is_note else settings.UNDO_SECONDS)
            page["HX-Replace-Url"] = reverse("tickets:show", args=[number])
            return page
        return self.show(status=HTTPStatus.CONFLICT, overtaken=True)

    def _ask(self, form: SharedSendingForm) -> HttpResponse:
        """Somebody reads it before it leaves: it is the asking colleague's from then on."""
        given = form.cleaned_data
        wish = reviewing.Wish(
            text=form.text,
            html=form.html,
            key=given["key"],
            seen=given["seen"],
            cc=self._copied(form),
            bcc=self._copied(form, "bcc"),
        )
        made = reviewing.ask_with(
            self.draft.pk, wish, version=given["version"], by=self.agent, at=clock.now()
        )
        if isinstance(made, Variant):
            return self.show(status=HTTPStatus.CONFLICT, overtaken=True)
        page = self.asked()
        page["HX-Replace-Url"] = reverse("tickets:show", args=[self.number])
        return page

    def _copied(self, form: SharedSendingForm, field: str = "cc") -> list[tuple[str, str]]:
        names = dict(self.ticket.participants.values_list("address", "name"))
        return [(names.get(address, ""), address) for address in form.cleaned_data[field]]

    def _send(self, form: SharedSendingForm) -> object:
        given = form.cleaned_data
        words = sharing.Words(
            text=form.text,
            html=form.html,
            key=given["key"],
            seen=given["seen"],
            undo=timedelta(seconds=settings.UNDO_SECONDS),
            cc=self._copied(form),
            bcc=self._copied(form, "bcc"),
            mentioned=self._mentioned(form.html),
        )
        return sharing.send(self.draft.pk, words, version=given["version"], by=self.agent, at=clock.now())

    def _kept(self, form: SharedSendingForm, **context: object) -> HttpResponse:
        """The words are saved in the draft before anything is said."""
        seen = form.cleaned_data["version"]
        sharing.write(self.draft.pk, text=form.text, html=form.html, by=self.agent, seen=seen, at=clock.now())
        typed = self.as_typed(form, mode=self.draft.mode)
        return self.show(status=HTTPStatus.CONFLICT, opened=typed, **context)

    def _mentioned(self, html: str) -> list[Agent]:
        ids = {UUID(found) for found in _MENTION.findall(html)}
        return list(colleagues_for(self.ticket, agent=self.agent).filter(pk__in=ids)) if ids else []

"""Shared drafts: post to share one's own; get, save and take back one; its files; what was kept beside it."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.files import serving, storing
from handrail.files.pictures import can_stand_in_text
from handrail.kit import clock
from handrail.kit.ids import uuid_or_none
from handrail.team.models import Agent
from handrail.tickets import policies, sharing
from handrail.tickets.forms import DraftForm, SharedWordsForm, WrittenForm, addresses_in
from handrail.tickets.models import Message, SharedDraft
from handrail.tickets.models.attachment import content_id_of
from handrail.tickets.queries.drafting import others_of, shared_draft
from handrail.tickets.queries.opened import Typed, macro_on
from handrail.tickets.views.base import TicketView
from handrail.tickets.views.composing import ComposingView


class SharingView(TicketView):
    """Post to let all who may see the ticket see one's draft."""

    policy = policies.may_write

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = DraftForm(request.POST)
        if not form.is_valid():
            return self.refused(_("Write something first."), status=HTTPStatus.UNPROCESSABLE_ENTITY)
        words = {"mode": form.cleaned_data["mode"], "text": form.text, "html": form.html}
        try:
            shared = sharing.share(self.ticket, **words, by=self.agent, at=clock.now())
            keep_readers(shared, form, by=self.agent)
        except sharing.NothingThere:
            return self.refused(_("Write something first."), status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return self.lead_to(reverse("tickets:shared-draft", args=[number, shared.pk]))


class SharedView(ComposingView):
    """Something about one shared draft of the ticket; what was sent or taken back is no more: 404."""

    policy = policies.may_write
    draft: SharedDraft

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            draft = shared_draft(self.number, kwargs["draft_id"])
            if draft is None:
                raise Http404
            self.draft = draft

    def show(self, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
        """The ticket with this draft in its composer."""
        draft = shared_draft(self.number, self.draft.pk)
        if draft is None:
            raise Http404
        others = others_of(draft, agent=self.agent)
        opened = self.opened()
        opened = replace(opened, draft=replace(opened.draft, typed=Typed.kept(draft.copies or {})))
        context = {"key": uuid4(), "joined": draft, "others": others, "opened": opened} | context
        context["may_take_back"] = sharing.may_take_back(draft, self.agent)
        context["may_write"] = self.may_write
        carried = draft.macro_id
        context["layout"] = macro_on(self.ticket.pk, carried, agent=self.agent) if carried else None
        context.setdefault("newer", self._came_since(draft))
        if self.wants_fragment:
            return self.page("tickets/shared/_kept.html", status=status, **context)
        return self.whole_page(status=status, **context)

    @property
    def may_write(self) -> bool:
        """While an answer waits to be read, only its readers write in it."""
        return self.draft.asked_at is None or policies.may_review(self.agent, self.draft.agent_id)

    def mind_the_review(self) -> None:
        """Raise PermissionDenied where others read it now."""
        if not self.may_write:
            raise PermissionDenied

    def _came_since(self, draft: SharedDraft) -> Message | None:
        """What was said since somebody asked for a review; its reader has to see it."""
        seen = uuid_or_none(draft.order.get("seen", "")) if draft.asked_at else None
        said = Message.objects.filter(ticket=self.ticket).exclude(kind=Message.Kind.NOTE).order_by("-id")
        newest = said.first() if seen else None
        return newest if newest and newest.pk != seen else None


class SharedDraftView(SharedView):
    """The draft itself. A save answers with its new version, or with what somebody else wrote meanwhile."""

    def get(self, request: HttpRequest, number: int, draft_id: UUID) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, number: int, draft_id: UUID) -> HttpResponse:
        self.mind_the_review()
        form = SharedWordsForm(request.POST)
        if not form.is_valid():
            return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        at, seen = clock.now(), form.cleaned_data["version"]
        draft, kept = sharing.write(
            self.draft.pk, text=form.text, html=form.html, by=self.agent, seen=seen, at=at
        )
        keep_readers(draft, form, by=self.agent)
        if kept is None:
            headers = {"Draft-Version": str(draft.version)}
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=headers)
        others = others_of(shared_draft(number, draft.pk) or draft, agent=self.agent)
        context = {"ticket": self.ticket, "joined": draft, "others": others}
        return self.page("tickets/shared/_others.html", status=HTTPStatus.CONFLICT, overtaken=True, **context)

    def delete(self, request: HttpRequest, number: int, draft_id: UUID) -> HttpResponse:
        try:
            sharing.take_back(draft_id, by=self.agent, at=clock.now())
        except SharedDraft.DoesNotExist:
            raise Http404 from None
        return self.lead_to(reverse("tickets:show", args=[number]))


class SharedFilesView(SharedView):
    """Files that are put with it. `inline`: for a place in its text, if they fit."""

    def post(self, request: HttpRequest, number: int, draft_id: UUID) -> HttpResponse:
        self.mind_the_review()
        upload = request.FILES.get("file")
        if upload is None or (upload.size or 0) > storing.FILE_LIMIT:
            name, trouble = upload.name if upload else "", _("larger than 25 MB")
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            return self.page("tickets/composer/_file_refused.html", status=status, name=name, trouble=trouble)
        content, asked = upload.read(), "inline" in request.POST
        inline = asked and can_stand_in_text(content)
        stored = storing.store(name=upload.name or "", content=content, at=clock.now())
        sharing.add_file(draft_id, stored, inline=inline)
        if inline:
            content_id = content_id_of(stored.pk)
            return self.page("tickets/composer/_picture.html", file=stored, content_id=content_id)
        return self.page("tickets/shared/_file.html", ticket=self.ticket, joined=self.draft, file=stored)


class SharedFileView(SharedView):
    """One file of it."""

    def get(self, request: HttpRequest, number: int, draft_id: UUID, stored_id: UUID) -> HttpResponseBase:
        stored = next((file for file in self.draft.files.all() if file.pk == stored_id), None)
        if stored is None:
            raise Http404
        return serving.answer(stored, inline="inline" in request.GET)

    def delete(self, request: HttpRequest, number: int, draft_id: UUID, stored_id: UUID) -> HttpResponse:
        self.mind_the_review()
        if not sharing.drop_file(draft_id, stored_id):
            raise Http404
        return HttpResponse() if self.wants_fragment else self.show()


class VariantView(SharedView):
    """Words that were kept beside it: post to let them and the draft's change places, delete to drop them."""

    def post(self, request: HttpRequest, number: int, draft_id: UUID, variant_id: UUID) -> HttpResponse:
        self.mind_the_review()
        sharing.change_places(self._variant(variant_id), by=self.agent, at=clock.now())
        return self.show()

    def delete(self, request: HttpRequest, number: int, draft_id: UUID, variant_id: UUID) -> HttpResponse:
        variant = self._variant(variant_id)
        if variant.by_id != self.agent.pk:
            raise PermissionDenied
        variant.drop()
        return self.show()

    def _variant(self, variant_id: UUID) -> Any:
        variant = next((each for each in self.draft.variants.all() if each.pk == variant_id), None)
        if variant is None:
            raise Http404
        return variant


def keep_readers(draft: SharedDraft, form: WrittenForm, *, by: Agent) -> None:
    """Whom the composer says it goes to, where it says so."""
    if "cc" in form.data:
        cc, bcc = addresses_in(form.data, "cc"), addresses_in(form.data, "bcc")
        sharing.keep_readers(draft.pk, cc=cc, bcc=bcc, by=by)

"""A new ticket: get the page, post to open it; with `preview` or `pick` it only follows."""

from contextlib import suppress
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.fields.checking import NotFitting
from handrail.fields.field import Noun
from handrail.fields.posted import given_in
from handrail.fields.queries import setup_of
from handrail.files import serving, storing
from handrail.kit import clock, ids
from handrail.team.access import AgentView
from handrail.tickets.by_hand import opening
from handrail.tickets.by_hand.forms import NEW, NewTicketForm
from handrail.tickets.by_hand.screen import Screen, people_like, sent_from
from handrail.tickets.by_hand.ways import Mode
from handrail.tickets.doing import Unfit
from handrail.tickets.models import Opening, OpeningDraft, Ticket
from handrail.tickets.templating.choosing import Unknown, put_on, template_for

#: What a draft may hold: so many controls, and so many characters in all.
MOST_CONTROLS = 1_200
MOST_CHARACTERS = 1_500_000
#: What a browser sends with a form and nobody typed.
NOT_TYPED = {"csrfmiddlewaretoken", "preview", "pick", "apply", "_method"}


class NewView(AgentView):
    """GET leads to the draft one was at last, or with `?fresh` or a customer to an empty page."""

    right = "tickets.open"

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = {key: request.GET[key] for key in ("person",) if key in request.GET}
        drafts = OpeningDraft.objects.visible_to(self.agent).order_by("-updated_at")
        last = None if asked or "fresh" in request.GET else drafts.values_list("pk", flat=True).first()
        address = reverse("tickets:new-one", args=[last or ids.uuid7()])
        query = QueryDict(mutable=True)
        query.update(asked)
        return HttpResponseRedirect(address + (f"?{query.urlencode()}" if asked else ""), status=303)


class DraftsView(AgentView):
    """GET lists the new tickets this colleague has begun and not opened."""

    right = "tickets.open"

    def get(self, request: HttpRequest) -> HttpResponse:
        drafts = OpeningDraft.objects.visible_to(self.agent).order_by("-updated_at")[:100]
        return self.page("tickets/new/drafts.html", drafts=drafts)


class PeopleView(AgentView):
    """GET offers the people who could be meant by `?who=`."""

    right = "tickets.open"

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("who", "").strip()[:200].replace("\x00", "")
        draft_id = ids.uuid_or_none(request.GET.get("draft", "")) or ids.uuid7()
        found = people_like(words, agent=self.agent)
        return self.page("tickets/new/_found.html", words=words, found=found, is_new=False, draft_id=draft_id)


class DraftedView(AgentView):
    """A new ticket under its id, with what was typed; somebody else's is a 404."""

    right = "tickets.open"
    key: UUID

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.key = kwargs["draft_id"]
        if request.user.is_authenticated and request.user.may(self.right):
            self.draft = OpeningDraft.objects.visible_to(self.agent).filter(pk=self.key).first()
            if OpeningDraft.is_somebody_elses(self.key, by=self.agent):
                raise Http404

    def keep(self, sent: QueryDict) -> bool:
        """Save what stands on the form; False when it is more than a draft holds."""
        typed = {
            name: [value.replace("\x00", "") for value in values]
            for name, values in sent.lists()
            if name not in NOT_TYPED
        }
        size = sum(len(value) for values in typed.values() for value in values)
        if len(typed) > MOST_CONTROLS or size > MOST_CHARACTERS:
            return False
        with suppress(OpeningDraft.WasOpened):  # a late save of what is open already
            OpeningDraft.keep(self.key, typed=typed, by=self.agent, at=clock.now())
        return True

    def screen(
        self,
        sent: QueryDict,
        *,
        form: NewTicketForm | None = None,
        problems: dict[str, str] | None = None,
        key: UUID | None = None,
    ) -> Screen:
        """The page as things stand in `sent`."""
        hung = OpeningDraft.files_on(self.key, by=self.agent) if self.draft else []
        others = OpeningDraft.objects.visible_to(self.agent).exclude(pk=self.key).count()
        return Screen(
            key=key or self.key,
            agent=self.agent,
            sent=sent,
            form=form or NewTicketForm(initial=sent.dict(), agent=self.agent, files=hung),
            hung=hung,
            problems=problems or {},
            others=others,
        )


class OneNewView(DraftedView):
    """What is wrong is said beside the words, and everything typed stays."""

    def get(self, request: HttpRequest, draft_id: UUID) -> HttpResponse:
        opened = Opening.made_with(self.key, by=self.agent)
        if opened:
            return self.go("tickets:show", number=opened.ticket.number)
        sent = sent_from(self.draft.typed) if self.draft else request.GET
        return self.page("tickets/new/edit.html", screen=self.screen(sent), trouble="")

    def post(self, request: HttpRequest, draft_id: UUID) -> HttpResponse:
        if request.POST.get("_method") == "delete":
            return self._discard()
        sent = request.POST.copy()
        if "pick" in sent:
            return self._pick(sent)
        if "apply" in sent:
            return self._apply(sent)
        if "preview" in sent:
            return self.page("tickets/new/_details.html", screen=self.screen(sent), follows=True)
        return self._open(sent)

    def _open(self, sent: QueryDict) -> HttpResponse:
        screen = self.screen(sent)
        form = NewTicketForm(sent, agent=self.agent, files=screen.hung)
        if not form.is_valid():
            return self._refused(sent, form, _("Not opened yet: something is missing."))
        fields = given_in(sent, setup_of(Noun.TICKET).live)
        try:
            order = form.order(fields)
            opened = opening.open_by_hand(
                order, by=self.agent, key=self.key, undo=self._undo(order.mode), at=clock.now()
            )
        except NotFitting as refusal:
            trouble = _("Not opened yet: look at the fields.")
            return self._refused(sent, form, trouble, problems=refusal.problems)
        except Unfit as unfit:
            return self._refused(sent, form, str(unfit))
        except Ticket.FieldsMissing as missing:
            return self._refused(sent, form, _("Fill in first: %s") % ", ".join(missing.args[0].values()))
        except (Ticket.MoveForbidden, Ticket.HeldUp):
            return self._refused(sent, form, _("It cannot be closed at once. Open it without closing it."))
        except Unknown as unknown:
            names = ", ".join(unknown.args[0].values())
            return self._refused(sent, form, _("Nothing is known for: %s. Write it in yourself.") % names)
        except opening.UsedKey:
            trouble = _("You have opened this before, in other words. Press again to open this too.")
            return self._refused(sent, form, trouble, key=ids.uuid7(), status=HTTPStatus.CONFLICT)
        return self._opened(opened, order.mode)

    def _undo(self, mode: Mode) -> timedelta:
        return timedelta(seconds=settings.UNDO_SECONDS if mode == Mode.MAIL else 0)

    def _opened(self, opened: Opening, mode: Mode) -> HttpResponse:
        """On to the ticket; who may not see it where it went is told its number."""
        number = opened.ticket.number
        if not Ticket.objects.visible_to(self.agent).filter(number=number).exists():
            words = _("Opened as #%(number)s. It is with colleagues whose tickets you do not see.")
            messages.success(self.request, words % {"number": number})
            return self.go("tickets:new")
        address = reverse("tickets:show", kwargs={"number": number})
        if mode == Mode.MAIL:
            return HttpResponseRedirect(f"{address}?sent={opened.key}", status=HTTPStatus.SEE_OTHER)
        messages.success(self.request, _("Opened as #%(number)s.") % {"number": number})
        return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)

    def _refused(
        self,
        sent: QueryDict,
        form: NewTicketForm,
        trouble: str,
        *,
        problems: dict[str, str] | None = None,
        key: UUID | None = None,
        status: int = HTTPStatus.UNPROCESSABLE_ENTITY,
    ) -> HttpResponse:
        screen = self.screen(sent, form=form, problems=problems, key=key)
        return self.page("tickets/new/edit.html", status=status, screen=screen, trouble=trouble)

    def _pick(self, sent: QueryDict) -> HttpResponse:
        """Another customer: a known one by id, `new` for somebody new, nothing to look again."""
        picked = str(sent["pick"])
        sent["person"] = picked
        words = sent.get("who", "").strip()
        if picked == NEW and words and not sent.get("new_name") and not sent.get("new_email"):
            sent["new_email" if "@" in words else "new_name"] = words
        if picked != NEW:
            sent["new_name"] = sent["new_email"] = ""
        screen = self.screen(sent)
        if not self.wants_fragment:
            return self.page("tickets/new/edit.html", screen=screen, trouble="")
        return self.page("tickets/new/_who.html", screen=screen, follows=True)

    def _apply(self, sent: QueryDict) -> HttpResponse:
        """Let the form hold what a template says, or let the template go; the draft keeps it."""
        template = template_for(ids.uuid_or_none(str(sent["apply"])), agent=self.agent)
        sent["template"] = ""
        if template:
            put_on(sent, template, by=self.agent)
        self.keep(sent)
        return self.go("tickets:new-one", draft_id=self.key)

    def _discard(self) -> HttpResponse:
        OpeningDraft.discard(self.key, by=self.agent)
        return HttpResponseRedirect("/", status=HTTPStatus.SEE_OTHER)


class FieldsView(DraftedView):
    """POST draws the custom fields as things stand on the form; nothing is kept."""

    def post(self, request: HttpRequest, draft_id: UUID) -> HttpResponse:
        cells, here = self.screen(request.POST).cells, request.path
        return self.page("fields/_form.html", cells=cells, form_id="new-ticket-fields", preview=here)


class DraftView(DraftedView):
    """POST keeps what was typed so far."""

    def post(self, request: HttpRequest, draft_id: UUID) -> HttpResponse:
        kept = self.keep(request.POST)
        return HttpResponse(status=HTTPStatus.NO_CONTENT if kept else HTTPStatus.UNPROCESSABLE_ENTITY)


class FilesView(DraftedView):
    """POST puts a file with the draft."""

    def post(self, request: HttpRequest, draft_id: UUID) -> HttpResponse:
        upload, at = request.FILES.get("file"), clock.now()
        if upload is None:
            return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if (upload.size or 0) > storing.FILE_LIMIT:
            refused = {"name": upload.name or "", "trouble": _("larger than 25 MB")}
            return self.page("tickets/composer/_file_refused.html", status=422, **refused)
        try:
            draft = OpeningDraft.keep(self.key, by=self.agent, at=at)
        except OpeningDraft.WasOpened:
            return HttpResponse(status=HTTPStatus.CONFLICT)
        stored = storing.store(name=upload.name or "", content=upload.read(), at=at)
        draft.files.add(stored)
        return self.page("tickets/new/_file.html", draft_id=self.key, file=stored)


class FileView(DraftedView):
    """One file of the draft."""

    def get(self, request: HttpRequest, draft_id: UUID, stored_id: UUID) -> HttpResponseBase:
        files = OpeningDraft.files_on(self.key, by=self.agent)
        stored = next((file for file in files if file.pk == stored_id), None)
        if stored is None:
            raise Http404
        return serving.answer(stored, inline="inline" in request.GET)

    def delete(self, request: HttpRequest, draft_id: UUID, stored_id: UUID) -> HttpResponse:
        if not OpeningDraft.drop_file(self.key, by=self.agent, stored_id=stored_id):
            raise Http404
        return HttpResponse()

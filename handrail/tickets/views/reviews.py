"""Answers that wait to be read: their list and number; post to let one leave, delete to give it back."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.team.access import AgentView
from handrail.tickets import answering, reviewing
from handrail.tickets.doing import Unfit
from handrail.tickets.forms import SendingBackForm, SharedSendingForm
from handrail.tickets.models import Message, SharedDraft, Ticket
from handrail.tickets.queries.reviews import count_for, waiting_for
from handrail.tickets.views.shared import SharedView


class ReviewsView(AgentView):
    """What this agent can read and let leave, the longest waiting first."""

    right = "tickets.review"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("tickets/reviews/list.html", waiting=waiting_for(self.agent))


class ReviewsCountView(AgentView):
    """How many wait, for the badge in the navigation."""

    right = "tickets.review"

    def get(self, request: HttpRequest) -> HttpResponse:
        waiting = count_for(self.agent)
        return self.page("tickets/reviews/_count.html", waiting=waiting, user_id=self.user.pk)


class ReviewView(SharedView):
    """The review of one answer. It leaves under its writer's name."""

    def post(self, request: HttpRequest, number: int, draft_id: UUID) -> HttpResponse:
        reviewing.mind(self.draft, by=self.agent)
        form = SharedSendingForm(request.POST)
        form.has_files = bool(self.draft.files_with(""))
        if not form.is_valid():
            problem = next(iter(form.errors.values()))[0]
            return self.show(status=HTTPStatus.UNPROCESSABLE_ENTITY, problem=problem)
        try:
            made = self._approve(form)
        except Ticket.NewerMessage as newer:
            return self.show(status=HTTPStatus.CONFLICT, newer=newer.args[0])
        except answering.UsedKey:
            raise Http404 from None
        except Unfit as unfit:
            return self.show(status=HTTPStatus.CONFLICT, problem=str(unfit))
        except SharedDraft.DoesNotExist:
            raise Http404 from None
        if not isinstance(made, Message):
            return self.show(status=HTTPStatus.CONFLICT, overtaken=True)
        page = self.sent(made, undo_seconds=settings.UNDO_SECONDS)
        page["HX-Replace-Url"] = reverse("tickets:show", args=[number])
        return page

    def delete(self, request: HttpRequest, number: int, draft_id: UUID) -> HttpResponse:
        reviewing.mind(self.draft, by=self.agent)
        form = SendingBackForm(self.given)
        if not form.is_valid():
            problem = _("Say why, in a word or two.")
            return self.show(status=HTTPStatus.UNPROCESSABLE_ENTITY, problem=problem)
        try:
            reviewing.send_back(draft_id, comment=form.cleaned_data["comment"], by=self.agent, at=clock.now())
        except SharedDraft.DoesNotExist:
            raise Http404 from None
        return self.lead_to(reverse("tickets:show", args=[number]))

    def _approve(self, form: SharedSendingForm) -> object:
        return reviewing.approve(
            self.draft.pk,
            text=form.text,
            html=form.html,
            version=form.cleaned_data["version"],
            seen=form.cleaned_data["seen"],
            by=self.agent,
            undo=timedelta(seconds=settings.UNDO_SECONDS),
            at=clock.now(),
        )


class ReviewedView(AgentView):
    """Whose answers are read before they leave: get the list, post to say it of one colleague."""

    right = "tickets.review"

    def get(self, request: HttpRequest) -> HttpResponse:
        colleagues = reviewing.colleagues_of(self.agent)
        return self.page("tickets/reviews/reviewed.html", colleagues=colleagues, agent=self.agent)

    def post(self, request: HttpRequest) -> HttpResponse:
        given = request.POST
        colleague = next(
            (each for each in reviewing.colleagues_of(self.agent) if str(each.pk) == given.get("agent")), None
        )
        if colleague is None:
            raise Http404
        if colleague.pk == self.agent.pk:
            raise PermissionDenied
        colleague.have_answers_read("needed" in given, by=self.user, at=clock.now())
        return self.go("tickets:reviewed")

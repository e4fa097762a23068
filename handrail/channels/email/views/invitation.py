"""The answer to an invitation: GET shows it with its buttons, POST gives one, DELETE takes it back."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.access import take_as_meant
from handrail.channels.email import invitations
from handrail.channels.email.invitations import Asked, CannotAnswer, TooLate
from handrail.channels.email.models import InvitationAnswer
from handrail.kit import clock
from handrail.team.access import AgentView
from handrail.tickets import policies
from handrail.tickets.models import Message, Ticket


class AnswerForm(forms.Form):
    """Which answer; the same key twice tells the organiser once."""

    key = forms.UUIDField()
    answer = forms.ChoiceField(choices=InvitationAnswer.Answer.choices)


class InvitationView(AgentView):
    """One invitation on a ticket that this agent sees, else 404."""

    message: Message

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            ticket = get_object_or_404(Ticket.objects.visible_to(self.agent), messages=kwargs["message"])
            mails = ticket.messages.filter(kind=Message.Kind.CUSTOMER, channel="email")
            self.message = get_object_or_404(mails.select_related("ticket"), pk=kwargs["message"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        take_as_meant(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, message: UUID) -> HttpResponse:
        return self._panel()

    def post(self, request: HttpRequest, message: UUID) -> HttpResponse:
        self._mind_the_right()
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self._panel(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            invitations.answer(
                self.message,
                answer=InvitationAnswer.Answer(form.cleaned_data["answer"]),
                by=self.agent,
                key=form.cleaned_data["key"],
                undo=timedelta(seconds=settings.UNDO_SECONDS),
                at=clock.now(),
            )
        except (CannotAnswer, Ticket.NeedsReview):
            return self._panel(status=HTTPStatus.CONFLICT)
        return self._done()

    def delete(self, request: HttpRequest, message: UUID) -> HttpResponse:
        self._mind_the_right()
        try:
            invitations.take_back(self.message, by=self.agent, at=clock.now())
        except TooLate:
            trouble = _("Too late: the answer is on its way.")
            if not self.wants_fragment:
                messages.warning(request, trouble)
                return self._done()
            return self._panel(trouble=trouble, status=HTTPStatus.CONFLICT)
        return self._done()

    def _mind_the_right(self) -> None:
        if not policies.may_reply(self.agent):
            raise PermissionDenied

    def _done(self) -> HttpResponse:
        if self.wants_fragment:
            return self._panel()
        return self.go("tickets:show", number=self.message.ticket.number)

    def _panel(self, *, trouble: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
        asked, why_not = self._asked()
        given = InvitationAnswer.latest(self.message.pk)
        return self.page(
            "email/invitation/_panel.html",
            message=self.message,
            asked=asked,
            why_not=why_not,
            given=given,
            undo_seconds=given.seconds_left(at=clock.now()) if given else 0,
            may_answer=policies.may_reply(self.agent),
            is_reviewed=self.agent.answers_need_review,
            answers=InvitationAnswer.Answer,
            key=uuid4(),
            trouble=trouble,
            status=status,
        )

    def _asked(self) -> tuple[Asked | None, str]:
        try:
            return invitations.asked(self.message), ""
        except CannotAnswer as why:
            return None, str(why)

"""Listed senders: those whose mail is always taken, and those whose mail is always spam."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.channels.email import shelves
from handrail.channels.email.deciding_forms import SenderForm
from handrail.channels.email.models import ListedSender
from handrail.kit import clock


class SendersView(PrivateView):
    """GET lists them, POST adds one."""

    right = "mail.decide"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(
            SenderForm(giver=self.user, initial={"sender": request.GET.get("sender", "")[:320]})
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SenderForm(request.POST, giver=self.user)
        if not form.is_valid():
            return self._show(form, status=422)
        ListedSender.put(by=self.user, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return self.go("mail:senders")

    def _show(self, form: SenderForm, *, status: int = 200) -> HttpResponse:
        return self.page(
            "email/senders/list.html", form=form, senders=shelves.listed(self.user), status=status
        )


class RemovalView(PrivateView):
    """POST takes one off the list."""

    right = "mail.decide"

    def post(self, request: HttpRequest, sender: UUID) -> HttpResponse:
        found = get_object_or_404(ListedSender.objects.visible_to(self.user), pk=sender)
        found.take_off(by=self.user, at=clock.now())
        messages.success(request, _("Saved."))
        return self.go("mail:senders")

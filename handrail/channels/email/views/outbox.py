"""The outbox: what waits, failed or is uncertain, what left, and another try."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.channels.email import outbox, queries
from handrail.channels.email.models import OutgoingMail
from handrail.kit import clock


class OutboxView(PrivateView):
    """GET lists mail that did not leave yet; with `?sent` mail that did."""

    right = "mail.see_health"

    def get(self, request: HttpRequest) -> HttpResponse:
        sent = "sent" in request.GET
        before = queries.uuid_or_none(request.GET.get("before", ""))
        found = queries.outbox(self.user, before=before, sent=sent)
        may_send = self.user.may("mail.manage")
        return self.page("email/outbox/list.html", found=found, sent=sent, may_send=may_send)


class SecondSendingView(PrivateView):
    """POST lets a mail leave once more."""

    right = "mail.manage"

    def post(self, request: HttpRequest, mail: UUID) -> HttpResponse:
        found = get_object_or_404(OutgoingMail.objects.visible_to(self.user), pk=mail)
        try:
            outbox.send_again(found, by=self.user, at=clock.now())
            messages.success(request, _("The mail leaves again."))
        except OutgoingMail.NothingToSendAgain:
            messages.info(request, _("It is on its way already."))
        return self.go("mail:outbox")

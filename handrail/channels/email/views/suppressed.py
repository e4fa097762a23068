"""Addresses that get no mail any more: the list, and letting one have mail again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.channels.email import outbox_queries
from handrail.channels.email.models import Suppression
from handrail.kit import clock
from handrail.kit.ids import uuid_or_none
from handrail.kit.text import storable


class SuppressedView(PrivateView):
    """GET lists them; `q` is a part of an address."""

    right = "mail.see_health"

    def get(self, request: HttpRequest) -> HttpResponse:
        sought = storable(request.GET.get("q", ""))[:320]
        before = uuid_or_none(request.GET.get("before", ""))
        rows, older = outbox_queries.suppressed(self.user, sought=sought, before=before)
        may_release = self.user.may("mail.manage")
        return self.page(
            "email/suppressed/list.html", rows=rows, older=older, sought=sought, may_release=may_release
        )


class ReleaseView(PrivateView):
    """POST lets an address have mail again. What did not leave meanwhile does not leave by itself."""

    right = "mail.manage"

    def post(self, request: HttpRequest, suppression: UUID) -> HttpResponse:
        found = get_object_or_404(Suppression.objects.visible_to(self.user), pk=suppression)
        found.release(by=self.user, at=clock.now())
        messages.success(request, _("%(address)s gets mail again.") % {"address": found.address})
        return self.go("mail:suppressed")

"""Connecting the mailbox of a Google or Microsoft account: out to the provider, and back with its code."""

import secrets
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.channels.email.imap import consent
from handrail.channels.email.imap.troubles import Trouble
from handrail.channels.email.models import ImapRoad
from handrail.channels.email.views.incoming import RoadView
from handrail.kit import clock

#: Where the session remembers whom we sent out: mailbox, state and verifier.
ASKED = "mail-consent"


class ConsentView(RoadView):
    """POST goes to the provider, who asks the owner of the account."""

    def post(self, request: HttpRequest, mailbox: UUID) -> HttpResponse:
        road = get_object_or_404(ImapRoad.objects.visible_to(self.user), account=mailbox)
        try:
            provider = consent.provider_of(road.sign_in)
        except consent.NotSetUp:
            messages.error(request, _("The operator has not entered a client for this provider yet."))
            return self.back()
        state, verifier = secrets.token_urlsafe(32), consent.new_verifier()
        request.session[ASKED] = {"mailbox": str(mailbox), "state": state, "verifier": verifier}
        back = back_address()
        return HttpResponseRedirect(
            consent.asking_address(provider, state=state, verifier=verifier, back=back, user=road.user)
        )


class ConsentReturnView(PrivateView):
    """GET is where the provider sends the browser back to, with the state that this session was given."""

    right = "mail.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = request.session.pop(ASKED, None)
        if not asked or not constant_time_compare(request.GET.get("state", ""), asked["state"]):
            messages.error(request, _("This answer belongs to no question of yours. Connect once more."))
            return self.go("mail:mailboxes")
        roads = ImapRoad.objects.visible_to(self.user)
        road = get_object_or_404(roads, account=asked["mailbox"])
        self._grant(request, road, asked["verifier"])
        return self.go("mail:incoming", mailbox=road.account_id)

    def _grant(self, request: HttpRequest, road: ImapRoad, verifier: str) -> None:
        try:
            provider = consent.provider_of(road.sign_in)
            token = consent.refresh_token_for(
                provider, code=request.GET.get("code", ""), verifier=verifier, back=back_address()
            )
        except (Trouble, consent.NotSetUp):
            messages.error(request, _("The provider did not allow it. Connect once more."))
            return
        road.grant(token, by=self.user, at=clock.now())
        messages.success(request, _("Connected. The mailbox is looked at within a few seconds."))


def back_address() -> str:
    return settings.BASE_URL + reverse("mail:consent-return")

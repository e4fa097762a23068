"""A portal link: opening it shows a button, pressing the button spends it. Scanners change nothing."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from handrail.accounts import signing_in
from handrail.kit import clock
from handrail.portal import links
from handrail.portal.access import WelcomeView


class LinkView(WelcomeView):
    """GET asks, POST lets in."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        try:
            link = links.look_up(secret, at=clock.now())
        except links.LinkRefused:
            return self.page("portal/link/refused.html", status=HTTPStatus.GONE)
        return self.page("portal/link/show.html", address=link.address)

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        at = clock.now()
        try:
            user, wanted = links.redeem(secret, at=at)
        except links.LinkRefused:
            return self.page("portal/link/refused.html", status=HTTPStatus.GONE)
        here = reverse("portal:requests") if user.may("portal.use") else ""
        return signing_in.begin(
            request, user, how=signing_in.How.LINK, at=at, remember=True, next=wanted or here
        )

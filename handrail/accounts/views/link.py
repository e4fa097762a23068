"""A sign-in link: opening it shows a button, pressing the button spends it. Scanners change nothing."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from handrail.accounts import links, signing_in
from handrail.accounts.access import PublicView
from handrail.accounts.signing_in import How
from handrail.kit import clock


class LinkView(PublicView):
    """GET asks, POST signs in."""

    before_second_factor = True

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        try:
            link = links.look_up(secret, at=clock.now())
        except links.LinkRefused:
            return self._refused()
        return self.page("accounts/link/show.html", link=link)

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        at = clock.now()
        try:
            link = links.redeem(secret, at=at)
        except links.LinkRefused:
            return self._refused()
        assert link.user is not None
        remember = "remember" in request.POST
        return signing_in.begin(request, link.user, how=How.LINK, remember=remember, at=at, next=link.next)

    def _refused(self) -> HttpResponse:
        return self.page("accounts/link/refused.html", status=HTTPStatus.GONE)

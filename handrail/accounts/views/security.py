"""Security at a glance: password, second factors, and where one is signed in."""

from django.http import HttpRequest, HttpResponse

from handrail.accounts import factors, passkeys, sessions
from handrail.accounts.access import PrivateView
from handrail.kit import clock


class SecurityView(PrivateView):
    """GET shows how this person comes in, and from where they have."""

    before_second_factor = True

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(
            "accounts/security/show.html",
            has=factors.of(self.user),
            passkeys=passkeys.of(self.user),
            passkeys_possible=passkeys.are_possible(),
            sessions=sessions.of(self.user, here=request.session.session_key, at=clock.now()),
        )

"""Signing out: a POST, so that no picture in a mail can do it."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from handrail.accounts import audit, disguising
from handrail.accounts.access import PublicView
from handrail.accounts.models import User
from handrail.kit import clock


class SignOutView(PublicView):
    """POST ends this browser's session."""

    before_second_factor = True

    def post(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User):
            at = clock.now()
            disguising.take_off(request.session, address=request.user.from_address, at=at)
            audit.record("sign-in.closed", by=request.user, about=request.user, at=at)
        logout(request)
        return self.go("accounts:sign-in")

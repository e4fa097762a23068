"""Where one is signed in: end one session, or all but this one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.accounts import audit, sessions
from handrail.accounts.access import PersonalView
from handrail.accounts.models import Session
from handrail.kit import clock


class SessionsView(PersonalView):
    """POST ends every session but this one."""

    needs_proof = False
    before_second_factor = True

    def post(self, request: HttpRequest) -> HttpResponse:
        sessions.end_others(request, self.user)
        audit.record("sessions.ended", by=self.user, about=self.user, at=clock.now())
        messages.info(request, _("Every other device is signed out."))
        return self.go("accounts:security")


class SessionView(PersonalView):
    """POST ends one session. The name in the address is the digest of its key: it opens nothing."""

    needs_proof = False
    before_second_factor = True

    def post(self, request: HttpRequest, digest: str) -> HttpResponse:
        if not Session.objects.visible_to(self.user).filter(pk=digest).delete()[0]:
            raise Http404
        audit.record("sessions.ended", by=self.user, about=self.user, at=clock.now())
        messages.info(request, _("That device is signed out."))
        return self.go("accounts:security")

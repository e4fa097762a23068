"""Leaving the portal."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from handrail.portal.access import WelcomeView


class SignOutView(WelcomeView):
    """POST ends this browser's session."""

    def post(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        return HttpResponseRedirect(reverse("portal:welcome"))

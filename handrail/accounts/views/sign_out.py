"""Signing out: a POST, so that no picture in a mail can do it."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from handrail.accounts.access import PublicView


class SignOutView(PublicView):
    """POST ends this browser's session."""

    def post(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        return HttpResponseRedirect(reverse("accounts:sign-in"))

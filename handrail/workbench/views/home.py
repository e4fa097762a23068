"""The root of the desk: everybody lands where their work is."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse

from handrail.accounts.access import PrivateView
from handrail.team.queries import agent_behind


class HomeView(PrivateView):
    """Agents to their inbox, customers to the portal."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if agent_behind(self.user):
            return HttpResponseRedirect(reverse("workbench:inbox"))
        return HttpResponseRedirect(_portal())


def _portal() -> str:
    try:
        return reverse("portal:home")
    except NoReverseMatch:  # an installation without the portal
        return reverse("accounts:sign-in")

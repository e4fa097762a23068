"""The root of the desk: everybody lands where their work is."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from handrail.accounts.access import PrivateView
from handrail.team.queries import agent_behind


class HomeView(PrivateView):
    """Agents to their inbox, customers to their requests in the portal."""

    def get(self, request: HttpRequest) -> HttpResponse:
        where = "workbench:inbox" if agent_behind(self.user) else "portal:requests"
        return HttpResponseRedirect(reverse(where))

"""Ticking off: one notification, or all of them."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from handrail.kit import clock
from handrail.notifications import ticking_off
from handrail.team.access import AgentView


class ReadingView(AgentView):
    """POST ticks off everything this agent was told until now."""

    def post(self, request: HttpRequest) -> HttpResponse:
        ticking_off.all_of(self.agent, at=clock.now())
        return HttpResponseRedirect(reverse("notifications:list"))

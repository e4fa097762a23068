"""The door of the desk's pages: the person behind the request is an agent."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from handrail.accounts.access import PrivateView
from handrail.team.models import Agent


class AgentView(PrivateView):
    """A page for agents; `self.agent` is the one who asks. A customer gets a 403."""

    agent: Agent

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            self.agent = agent_of(request)
        return super().dispatch(request, *args, **kwargs)


def agent_of(request: HttpRequest) -> Agent:
    """The agent behind a request; without another query for the user. Raises PermissionDenied."""
    agent = Agent.objects.filter(user__pk=request.user.pk).first()
    if agent is None:
        raise PermissionDenied
    agent.user = request.user  # type: ignore[assignment]
    return agent

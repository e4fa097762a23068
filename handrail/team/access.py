"""The door of the desk's pages: the person behind the request is an agent."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from handrail.accounts.access import PrivateView
from handrail.accounts.models import User
from handrail.team.models import Agent
from handrail.team.queries import agent_behind


class AgentView(PrivateView):
    """A page for agents; `self.agent` is the one who asks, brands and teams read. A customer gets a 403."""

    agent: Agent

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:  # others are sent to the sign-in by dispatch
            self.agent = agent_of(request)


def agent_of(request: HttpRequest) -> Agent:
    """The agent behind a request; without another query for the user. Raises PermissionDenied."""
    agent = agent_behind(request.user) if isinstance(request.user, User) else None
    if agent is None:
        raise PermissionDenied
    return agent

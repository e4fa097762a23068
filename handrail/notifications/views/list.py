"""The page behind the bell."""

from django.http import HttpRequest, HttpResponse

from handrail.notifications import queries
from handrail.team.access import AgentView


class ListView(AgentView):
    """GET shows what this agent was told, newest first; for htmx the list alone."""

    def get(self, request: HttpRequest) -> HttpResponse:
        template = "_list.html" if request.headers.get("HX-Request") else "list.html"
        return self.page(f"notifications/{template}", told=queries.latest(self.agent), user_id=self.user.pk)

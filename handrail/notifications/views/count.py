"""The number at the bell."""

from django.http import HttpRequest, HttpResponse

from handrail.notifications import queries
from handrail.team.access import AgentView


class CountView(AgentView):
    """GET answers the number of unread notifications, as a fragment that keeps itself up to date."""

    def get(self, request: HttpRequest) -> HttpResponse:
        unread = queries.unread_count(self.agent)
        return self.page(
            "notifications/_count.html", unread=unread, counted=queries.COUNTED, user_id=self.user.pk
        )

"""Where the open ticket stands in its view, with the ways to the next and the previous one."""

from django.http import Http404, HttpRequest, HttpResponse

from handrail.kit import clock
from handrail.team.access import AgentView
from handrail.tickets.queries import Filters
from handrail.tickets.queries.placing import place_of
from handrail.workbench.queries import view_for


class PlaceView(AgentView):
    """Fetched after the ticket, so that no ticket waits for it. Nothing is told of what may not be seen."""

    def get(self, request: HttpRequest, key: str, number: int) -> HttpResponse:
        at = clock.now()
        view = view_for(self.agent, key, at=at)
        if view is None:
            raise Http404
        filters = Filters.read(request.GET.get("q", ""), agent=self.agent, at=at)
        place = place_of(number, view, filters=filters, agent=self.agent)
        return self.page("workbench/inbox/_place.html", place=place, view=view, filters=filters)

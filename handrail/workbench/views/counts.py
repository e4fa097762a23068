"""The numbers beside views that no sum knows: counted when the page is there already."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse

from handrail.kit import clock
from handrail.team.access import AgentView
from handrail.tickets.queries.recounting import recount
from handrail.workbench.queries import shelf_for


class CountsView(AgentView):
    """The views once more, with every number; `key` names the one that is open."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        at = clock.now()
        shelf = shelf_for(self.agent, key, at=at)
        if shelf is None:
            raise Http404
        counts = shelf.counts | recount(shelf.old, agent=self.agent, at=at)
        shelf = replace(shelf, counts=counts, old=())
        return self.page("workbench/inbox/_views.html", shelf=shelf, view=shelf.view)

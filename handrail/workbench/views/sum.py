"""How many tickets a view holds that reaches into those that are done: counted apart, up to a thousand."""

from django.http import Http404, HttpRequest, HttpResponse

from handrail.kit import clock
from handrail.team.access import AgentView
from handrail.tickets.queries import Filters, belonging
from handrail.tickets.queries.recounting import count_up_to
from handrail.workbench.queries import view_for

MOST = 1000


class SumView(AgentView):
    """A number, or that there are more than a thousand; nothing when that takes too long."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        view = view_for(self.agent, key, at=clock.now())
        if view is None:
            raise Http404
        number = count_up_to(belonging(view, filters=Filters(), agent=self.agent), most=MOST)
        return self.page("workbench/inbox/_sum.html", number=number, most=MOST)

"""The inbox: views with live counts, a list, a ticket. The same address answers pages and panels."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from handrail.kit import clock
from handrail.team.access import AgentView
from handrail.tickets.queries import Filters, opened, shown
from handrail.tickets.queries.facets import facets_of
from handrail.workbench.queries import rows_in, shelf_for, under_headings


class InboxView(AgentView):
    """A script that fills one pane asks with the pane's id and gets that pane."""

    def get(self, request: HttpRequest, key: str, number: int | None = None) -> HttpResponse:
        self.key, self.number = key, number
        self.at = clock.now()
        self.filters = Filters.read(request.GET.get("q", ""), agent=self.agent, at=self.at)
        if self.wants_fragment and number is not None:
            return self.page("tickets/ticket/_pane.html", **self._ticket())
        if self.wants_fragment and request.GET.get("after"):
            return self.page("workbench/inbox/_rows.html", **self._list())
        if self.wants_fragment:
            return self.page("workbench/inbox/_panes.html", **self._list())
        return self.page("workbench/inbox/show.html", **self._list(), **self._ticket())

    def _list(self) -> dict[str, Any]:
        shelf = shelf_for(self.agent, self.key, at=self.at)
        if shelf is None:
            raise Http404
        after = self.request.GET.get("after", "")
        page = rows_in(shelf.view, filters=self.filters, agent=self.agent, after=after)
        return {
            "shelf": shelf,
            "view": shelf.view,
            "rows": page.rows,
            "groups": under_headings(page.rows, shelf.view),
            "facets": facets_of(page.rows, shelf.view.columns),
            "after": page.after,
            "filters": self.filters,
            "chosen": self.number,
            "me": self.agent,
        }

    def _ticket(self) -> dict[str, Any]:
        if self.number is None:
            return {"opened": None}
        ticket = shown(self.number, agent=self.agent)
        if ticket is None:
            raise Http404
        return {"opened": opened(ticket, agent=self.agent)}

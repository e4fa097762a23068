"""The inbox: views with live counts, a list, a ticket. The same address answers pages and panels."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from handrail.kit import clock
from handrail.search.remembering import remember
from handrail.team.access import AgentView
from handrail.tickets.models import Ticket
from handrail.tickets.queries import Filters, Shown, opened, shown
from handrail.tickets.queries.board import board_of
from handrail.tickets.queries.calendar import month_of
from handrail.tickets.queries.facets import facets_of
from handrail.tickets.queries.finding import meant_by
from handrail.tickets.queries.trash import offered_back, trashed
from handrail.workbench.queries import SAVED, Shelf, rows_in, shelf_for, under_headings, whole_question


class InboxView(AgentView):
    """A script that fills one pane asks with the pane's id and gets that pane."""

    def get(self, request: HttpRequest, key: str, number: int | None = None) -> HttpResponse:
        self.key, self.number = key, number
        self.at = clock.now()
        self.filters = Filters.read(request.GET.get("q", ""), agent=self.agent, at=self.at)
        if elsewhere := self._elsewhere():
            return elsewhere
        if self.wants_fragment and number is not None:
            where: dict[str, Any] = {"view_key": key, "filters": self.filters}
            return self.page("workbench/inbox/_opened.html", **where, **self._ticket())
        if number is None and (shape := self._shape()):
            return shape
        if self.wants_fragment and request.GET.get("after"):
            return self.page("workbench/inbox/_rows.html", **self._list())
        if self.wants_fragment:
            return self.page("workbench/inbox/_panes.html", **self._list())
        return self.page("workbench/inbox/show.html", **self._list(), **self._ticket(), **self._way_back())

    def _way_back(self) -> dict[str, Any]:
        """After a ticket was deleted the address of the list names it."""
        return {"deleted": offered_back(self.request.GET.get("deleted", ""), agent=self.agent)}

    def _shape(self) -> HttpResponse | None:
        """A view that is no list, in its own shape."""
        if not self.key.startswith(SAVED):
            return None
        shelf = self.shelf
        if shelf.view.shape == "list":
            return None
        how: dict[str, Any] = {"filters": self.filters, "agent": self.agent}
        drawn: dict[str, Any] = {
            "shelf": shelf,
            "view": shelf.view,
            "filters": self.filters,
            "me": self.agent,
        }
        if shelf.view.shape == "board":
            drawn["board"] = board_of(shelf.view, **how)
        else:
            drawn["month"] = month_of(shelf.view, self.request.GET.get("month", ""), at=self.at, **how)
        page = f"_{shelf.view.shape}" if self.wants_fragment else "shape"
        return self.page(f"workbench/inbox/{page}.html", **drawn, **self._way_back())

    @cached_property
    def shelf(self) -> Shelf:
        """The views of this agent, counted once; 404 for a view that is not theirs."""
        shelf = shelf_for(self.agent, self.key, at=self.at)
        if shelf is None:
            raise Http404
        return shelf

    def _list(self) -> dict[str, Any]:
        shelf = self.shelf
        after = self.request.GET.get("after", "")
        page = rows_in(shelf.view, filters=self.filters, agent=self.agent, after=after)
        searches = self.key == "search" and not self.filters.wrong
        if searches:
            remember(self.filters.text, whose=self.user.pk, at=self.at)
        return {
            "meant": meant_by(self.filters, agent=self.agent, found=len(page.rows)) if searches else "",
            "shelf": shelf,
            "view": shelf.view,
            "rows": page.rows,
            "groups": under_headings(page.rows, shelf.view, agent=self.agent),
            "facets": facets_of(page.rows, shelf.view.columns, agent=self.agent),
            "after": page.after,
            "filters": self.filters,
            "chosen": self.number,
            "me": self.agent,
            "view_key": self.key,
            "question": whole_question(shelf.view, self.filters),
        }

    def _elsewhere(self) -> HttpResponse | None:
        """A ticket that was merged or deleted is found by its own address, which leads on."""
        if self.number is None:
            return None
        if self.chosen is None and not trashed(self.number, agent=self.agent):
            raise Http404
        if self.chosen and self.chosen.status != Ticket.Status.MERGED:
            return None
        return self.lead_to(reverse("tickets:show", kwargs={"number": self.number}))

    @cached_property
    def chosen(self) -> Shown | None:
        """The ticket of the address; None when this agent sees none there."""
        return None if self.number is None else shown(self.number, agent=self.agent)

    def _ticket(self) -> dict[str, Any]:
        return {"opened": opened(self.chosen, agent=self.agent) if self.chosen else None}

"""A card of a board is brought into another column; what was done can be undone."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from handrail.kit import clock
from handrail.kit.text import storable
from handrail.team.access import AgentView
from handrail.tickets.doing import HeldUp, Unfit
from handrail.tickets.models import Ticket
from handrail.tickets.models.ticket.guarding import OVERRIDE
from handrail.tickets.queries import Filters, View
from handrail.tickets.queries.board import board_of, move
from handrail.tickets.queries.lanes import lanes_of
from handrail.workbench.queries import view_for


class MoveView(AgentView):
    """POST `to` moves a card. Answers with the board as it is then; a refusal says why, and nothing moved."""

    def post(self, request: HttpRequest, key: str, number: int) -> HttpResponse:
        self.at = clock.now()
        view = view_for(self.agent, key, at=self.at)
        ticket = Ticket.objects.visible_to(self.agent).filter(number=number).first()
        if view is None or ticket is None:
            raise Http404
        lanes, to = lanes_of(view.grouping, agent=self.agent), request.POST.get("to", "")
        despite = storable(request.POST.get("despite", "")).strip()
        if lanes.key_of(ticket) == to:
            return self._show(view, number=number)
        try:
            was = move(ticket, lanes, to, by=self.agent, despite=despite, at=self.at)
        except HeldUp as held:
            if not self.agent.may(OVERRIDE):
                return self._show(view, number=number, trouble=str(held), status=409)
            return self._ask_why(view, number, to=to, what=held.what)
        except Unfit as why:
            return self._show(view, number=number, trouble=str(why), status=409)
        return self._show(view, number=number, was=was, told=True)

    def _ask_why(self, view: View, number: int, *, to: str, what: str) -> HttpResponse:
        """A dialog over the board; without script, the page that asks it of one ticket."""
        if self.wants_fragment:
            return self._show(view, number=number, to=to, held=what, status=409)
        closure = reverse("tickets:closure", kwargs={"number": number})
        return HttpResponseRedirect(f"{closure}?{urlencode({'to': to})}", status=HTTPStatus.SEE_OTHER)

    def _show(self, view: View, *, status: int = 200, **more: object) -> HttpResponse:
        if not self.wants_fragment:
            return self.go("workbench:view", key=view.key)
        filters = Filters.read(self.request.POST.get("q", ""), agent=self.agent, at=self.at)
        board = board_of(view, filters=filters, agent=self.agent)
        return self.page(
            "workbench/inbox/_moved.html", status=status, view=view, board=board, filters=filters, **more
        )

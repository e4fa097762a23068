"""One's timer: start, pause and stop it on a ticket, take it away; its page, and its face in the rail."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.team.access import AgentView
from handrail.tickets import policies
from handrail.tickets.models import Ticket
from handrail.tickets.timing import running
from handrail.tickets.timing.queries import stopwatch_of
from handrail.tickets.views.time import TimeView


class TimerView(TimeView):
    """POST starts it or lets it go on, DELETE takes it away; nothing is entered."""

    policy = policies.may_enter_time

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        try:
            running.start(self.ticket, by=self.agent, at=clock.now())
        except running.Elsewhere:
            return self.shown(trouble=_("Your timer is on another ticket."), status=HTTPStatus.CONFLICT)
        return self.shown()

    def delete(self, request: HttpRequest, number: int) -> HttpResponse:
        try:
            running.drop(self.ticket, by=self.agent)
        except running.NotThere:
            return self.gone()
        return self.shown()


class TimerPauseView(TimeView):
    """POST lets it stand still; with `stop` the answer asks what to enter."""

    policy = policies.may_enter_time

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        try:
            timer = running.pause(self.ticket, by=self.agent, at=clock.now())
        except running.NotThere:
            return self.gone()
        if "stop" not in request.POST:
            return self.shown()
        if not self.wants_fragment:
            return self.lead_to(f"{self.address('tickets:times')}?stopping")
        return self.shown(form=self.stopped(timer), stopping=True)


class OwnTimerView(AgentView):
    """GET shows where one's timer is; DELETE takes it away, also from a ticket that one sees no more."""

    right = "tickets.time"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("tickets/time/timer.html", **self._known())

    def post(self, request: HttpRequest) -> HttpResponse:
        timer = stopwatch_of(self.agent)
        if timer and request.POST.get("_method") == "delete":
            running.drop(timer.ticket, by=self.agent)
        return self.go("tickets:timer")

    def _known(self) -> dict[str, Any]:
        timer = stopwatch_of(self.agent)
        seen = timer and Ticket.objects.visible_to(self.agent).filter(pk=timer.ticket_id).exists()
        return {"timer": timer, "seen": bool(seen)}


class TimerFaceView(AgentView):
    """GET answers the face of one's timer, a fragment that keeps itself up to date; empty without one."""

    right = "tickets.time"

    def get(self, request: HttpRequest) -> HttpResponse:
        timer = stopwatch_of(self.agent)
        return self.page("tickets/time/_face.html", timer=timer, user_id=self.user.pk)

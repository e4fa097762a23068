"""Who is usually in copy there: get the proposals for an answer's recipients."""

from django.http import HttpRequest, HttpResponse

from handrail.tickets import outlets, policies
from handrail.tickets.queries.usual_circle import usual_circle
from handrail.tickets.views.base import TicketView


class CircleView(TicketView):
    """A fragment: each is added with one click, nobody by itself."""

    policy = policies.may_reply

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        ours = [each.label for each in outlets.offered(self.agent)]
        usual = usual_circle(self.ticket, agent=self.agent, apart_from=ours)
        return self.page("tickets/composer/_circle.html", ticket=self.ticket, usual=usual)

"""What the command bar finds on the server: a ticket by its number, tickets by their words, people."""

from django.http import HttpRequest, HttpResponse

from handrail.customers.queries import people_page
from handrail.kit import clock
from handrail.team.access import AgentView
from handrail.tickets.queries import Filters, everything, page_of

SHOWN = 6


class JumpView(AgentView):
    """Only what this agent may see is found."""

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("q", "").strip()[:100]
        filters = Filters.read(words, agent=self.agent, at=clock.now())
        page = page_of(everything(), filters=filters, agent=self.agent) if words else None
        people = []
        if words and self.user.may("customers.see"):
            people = people_page(self.user, words=words, limit=SHOWN).rows
        return self.page(
            "workbench/jump/_found.html", rows=page.rows[:SHOWN] if page else [], people=people, words=words
        )

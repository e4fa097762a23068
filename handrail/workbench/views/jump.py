"""What the command bar finds on the server: a ticket by its number, tickets by their words, people."""

from django.http import HttpRequest, HttpResponse

from handrail.customers.queries import people_page
from handrail.kit import clock
from handrail.search.remembering import recent
from handrail.team.access import AgentView
from handrail.tickets.queries import Filters, everything, page_of
from handrail.tickets.queries.finding import meant_by

SHOWN = 6


class JumpView(AgentView):
    """Only what this agent may see is found. Without words: what they searched for last."""

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("q", "").strip()[:100]
        if not words:
            return self.page("workbench/jump/_recent.html", searches=recent(self.user.pk))
        filters = Filters.read(words, agent=self.agent, at=clock.now())
        rows = page_of(everything(), filters=filters, agent=self.agent, limit=SHOWN).rows
        return self.page(
            "workbench/jump/_found.html",
            rows=rows[:SHOWN],
            people=self._people(words),
            words=words,
            meant=meant_by(filters, agent=self.agent, found=len(rows)),
        )

    def _people(self, words: str) -> list[object]:
        if not self.user.may("customers.see"):
            return []
        return list(people_page(self.user, words=words, limit=SHOWN).rows)

"""What the command bar finds on the server: tickets by number and words, people, articles."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from handrail.customers.queries import PersonRow, people_page
from handrail.kit import clock
from handrail.knowledge.queries import found_at_the_desk
from handrail.search.remembering import recent
from handrail.team.access import AgentView
from handrail.tickets.models import Ticket
from handrail.tickets.queries import Filters, Row, everything, page_of
from handrail.tickets.queries.finding import meant_by

SHOWN = 6
ARTICLES = 3
#: Tickets in which people are looked for.
LOOKED_AT = 12


class JumpView(AgentView):
    """Only what this agent may see is found. Without words: what they searched for last."""

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("q", "").strip()[:100]
        if not words:
            return self.page("workbench/jump/_recent.html", searches=recent(self.user.pk))
        filters = Filters.read(words, agent=self.agent, at=clock.now())
        rows = page_of(everything(), filters=filters, agent=self.agent, limit=LOOKED_AT).rows
        return self.page(
            "workbench/jump/_found.html",
            rows=rows[:SHOWN],
            people=self._people(words, rows),
            articles=found_at_the_desk(self.agent, words, limit=ARTICLES),
            words=words,
            meant=meant_by(filters, agent=self.agent, found=len(rows)),
        )

    def _people(self, words: str, rows: Sequence[Row]) -> list[PersonRow]:
        """Who asked on the tickets found and is called so; the list of people knows the others too."""
        if not rows or not self.user.may("customers.see"):
            return []
        asked = Ticket.objects.visible_to(self.agent).filter(pk__in=[row.id for row in rows])
        among = list(asked.order_by().values_list("requester", flat=True))
        return people_page(self.user, words=words, among=among, limit=SHOWN).rows

"""Ways to go on in a question that somebody types, as a list to choose from."""

from django.http import HttpRequest, HttpResponse

from handrail.kit import clock
from handrail.search.language import proposals
from handrail.team.access import AgentView
from handrail.tickets.queries.asking import asker_of
from handrail.tickets.queries.vocabulary import TICKETS


class ProposalsView(AgentView):
    """`q` is what stands before the cursor. Only what this agent may know is proposed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        text = request.GET.get("q", "")
        asker = asker_of(self.agent, at=clock.now())
        found = proposals(text, len(text), vocabulary=TICKETS, asker=asker)
        return self.page("workbench/inbox/_proposals.html", proposals=found)

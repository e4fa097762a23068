"""The trash: deleted tickets, until they are removed for good."""

from django.http import Http404, HttpRequest, HttpResponse

from handrail.team.access import AgentView
from handrail.tickets.queries.trash import PAGE, last_words, offered_back, trash_of, trashed


class TrashView(AgentView):
    """GET lists them, what was deleted last first. `deleted`: the one whose way back is offered at once."""

    right = "tickets.delete"

    def get(self, request: HttpRequest) -> HttpResponse:
        given = request.GET.get("page", "")
        page = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 1
        rows = trash_of(self.agent, page=page)
        return self.page(
            "tickets/trash/list.html",
            rows=rows[:PAGE],
            page=page,
            further=len(rows) > PAGE,
            deleted=offered_back(request.GET.get("deleted", ""), agent=self.agent),
        )


class TrashedView(AgentView):
    """GET shows one of them, to decide whether it comes back."""

    right = "tickets.delete"

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = trashed(number, agent=self.agent)
        if ticket is None:
            raise Http404
        words = last_words(ticket)
        return self.page("tickets/trash/show.html", ticket=ticket, words=words)

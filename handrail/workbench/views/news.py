"""What changed in a view since it was drawn: counts, rows on the screen, and how many arrived."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse

from handrail.kit import clock
from handrail.team.access import AgentView
from handrail.tickets.queries import Filters
from handrail.workbench.queries import news_for, shelf_for

#: Numbers of tickets that one question may name.
NAMED_AT_MOST = 1000


class NewsView(AgentView):
    """`touched` and `shown` name tickets by number. Nothing on the screen moves; arrivals are counted."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        at = clock.now()
        shelf = shelf_for(self.agent, key, at=at)
        if shelf is None:
            raise Http404
        filters = Filters.read(request.GET.get("q", ""), agent=self.agent, at=at)
        touched, shown = _numbers(request.GET.get("touched", "")), _numbers(request.GET.get("shown", ""))
        news = news_for(shelf.view, filters=filters, agent=self.agent, touched=touched, shown=shown)
        return self.page(
            "workbench/inbox/_news.html",
            shelf=shelf,
            view=shelf.view,
            news=news,
            filters=filters,
            me=self.agent,
        )


def _numbers(text: str) -> Iterator[int]:
    for word in text.split(",")[:NAMED_AT_MOST]:
        if word.isascii() and word.isdigit() and len(word) < 16:
            yield int(word)

"""Earlier messages of a long ticket, on demand."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse

from handrail.tickets.queries.timeline import timeline_of
from handrail.tickets.views.base import TicketView, uuid_or_none

#: Without script everything is shown at once, up to so many messages.
WITHOUT_SCRIPT = 500


class TimelineView(TicketView):
    """What came before the message named by `before`."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        if not self.wants_fragment:
            everything = timeline_of(self.ticket, limit=WITHOUT_SCRIPT)
            return self.whole_page(opened=replace(self.opened(), timeline=everything))
        before = uuid_or_none(request.GET.get("before", ""))
        if before is None:
            raise Http404
        timeline = timeline_of(self.ticket, before=before)
        return self.page("tickets/timeline/_earlier.html", ticket=self.ticket, timeline=timeline)

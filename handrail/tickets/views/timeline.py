"""Earlier messages of a long ticket, on demand."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse

from handrail.kit.ids import uuid_or_none
from handrail.tickets.queries import shown, timeline_of
from handrail.tickets.queries.fields import told_fields
from handrail.tickets.views.base import PageView

#: Without script everything is shown at once, up to so many messages.
WITHOUT_SCRIPT = 500


class TimelineView(PageView):
    """What came before the message named by `before`."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        if not self.wants_fragment:
            opened = self.opened()
            everything = timeline_of(opened.ticket.id, limit=WITHOUT_SCRIPT, fields=opened.fields.told)
            return self.whole_page(opened=replace(opened, timeline=everything))
        before = uuid_or_none(request.GET.get("before", ""))
        ticket = shown(number, agent=self.agent)
        if before is None or ticket is None:
            raise Http404
        timeline = timeline_of(ticket.id, before=before, fields=told_fields(self.agent))
        return self.page("tickets/timeline/_earlier.html", ticket=ticket, timeline=timeline)

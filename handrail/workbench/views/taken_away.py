"""The tickets of a view as a file for spreadsheets; the security audit tells who took it."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.accounts import audit
from handrail.files.serving import harmless
from handrail.kit import clock
from handrail.kit.exporting import Cell, csv_lines
from handrail.team.access import AgentView
from handrail.tickets.models import Ticket
from handrail.tickets.queries import Filters, Taken, taken_away
from handrail.workbench.queries import view_for


class TakenAwayView(AgentView):
    """GET answers with the rows of the view, narrowed as the list is, as they are read."""

    right = "tickets.take_away"

    def get(self, request: HttpRequest, key: str) -> StreamingHttpResponse:
        at = clock.now()
        view = view_for(self.agent, key, at=at)
        filters = Filters.read(request.GET.get("q", ""), agent=self.agent, at=at)
        if view is None or (key == "search" and not filters.text):
            raise Http404
        audit.record("export.made", by=self.user, at=at, view=view.name, filters=filters.query)
        tickets = taken_away(view, filters=filters, agent=self.agent)
        lines = csv_lines(_head(), _rows(tickets))
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        return harmless(answer, name=f"{view.name} {at:%Y-%m-%d}.csv")


def _head() -> list[str]:
    return [
        _("Number"),
        _("Subject"),
        _("Status"),
        _("Priority"),
        _("Customer"),
        _("Organisation"),
        _("Brand"),
        _("Team"),
        _("Owner"),
        _("Tags"),
        _("Channel"),
        _("Waiting since"),
        _("Opened"),
        _("Last change"),
        _("Address"),
    ]


def _rows(tickets: Iterable[Taken]) -> Iterator[list[Cell]]:
    statuses, priorities = dict(Ticket.Status.choices), dict(Ticket.Priority.choices)
    for ticket in tickets:
        row = ticket.row
        yield [
            row.number,
            row.subject,
            str(statuses.get(row.status, row.status)),
            str(priorities[row.priority]),
            row.requester,
            row.organisation or "",
            ticket.brand,
            ticket.team,
            row.owner or "",
            ", ".join(ticket.tags),
            row.channel,
            row.waiting_since,
            ticket.created_at,
            row.updated_at,
            settings.BASE_URL + reverse("tickets:show", args=[row.number]),
        ]

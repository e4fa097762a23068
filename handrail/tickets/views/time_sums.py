"""The time of a period: sums on a page, and every entry as a file."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from handrail.accounts import audit
from handrail.files.serving import harmless
from handrail.kit import clock
from handrail.kit.exporting import Cell, csv_lines
from handrail.kit.ids import uuid_or_none
from handrail.team.access import AgentView
from handrail.tickets.models import TimeEntry
from handrail.tickets.timing.forms import PeriodForm
from handrail.tickets.timing.lengths import length_of
from handrail.tickets.timing.queries import Grouping, cost_of, entries_behind, lines_of, rows_of

#: How a line of entries without a customer, an activity or an organisation is asked for.
NONE = "none"


class TimeSumsView(AgentView):
    """GET sums this month by colleague, or as `?first=&last=&by=` says; `of` shows what is behind a line."""

    right = "tickets.time_sums"

    def get(self, request: HttpRequest) -> HttpResponse:
        today = localdate()
        usual = {"first": today.replace(day=1).isoformat(), "last": today.isoformat(), "by": Grouping.PERSON}
        form = PeriodForm({**usual, **{key: request.GET[key] for key in usual if key in request.GET}})
        if not form.is_valid():
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            return self.page("tickets/time/sums.html", status=status, form=form, lines=[], **self._unchosen())
        by, period = form.cleaned_data["by"], form.period
        lines = lines_of(period, by=by, agent=self.agent)
        chosen = self._unchosen()
        if of := request.GET.get("of", ""):
            key = uuid_or_none(of)
            line = next((each for each in lines if each.key == key), None)
            chosen["line"] = line
            chosen["entries"] = entries_behind(period, by=by, key=key, agent=self.agent) if line else []
        return self.page("tickets/time/sums.html", form=form, lines=lines, **chosen)

    def _unchosen(self) -> dict[str, Any]:
        return {"line": None, "entries": [], "length_of": length_of, "cost_of": cost_of, "none": NONE}


class TimeFileView(AgentView):
    """GET answers with every entry of the period; the security audit tells who took it."""

    right = "tickets.time_sums"

    def get(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        form, at = PeriodForm(request.GET), clock.now()
        if not form.is_valid():
            return self.go("tickets:time-sums")
        period = form.period
        audit.record("export.made", by=self.user, at=at, view=f"time {period.first} {period.last}")
        lines = csv_lines(_head(), _rows(rows_of(period, agent=self.agent)))
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        return harmless(answer, name=f"time {period.first} {period.last}.csv")


def _head() -> list[str]:
    return [
        _("Day"),
        _("Colleague"),
        _("Activity"),
        _("Billed"),
        _("Minutes"),
        _("Cost"),
        _("Ticket"),
        _("Subject"),
        _("Customer"),
        _("Organisation"),
        _("Note"),
    ]


def _rows(entries: Iterator[TimeEntry]) -> Iterator[list[Cell]]:
    for entry in entries:
        asker, cost = entry.ticket.requester, cost_of(entry)
        yield [
            entry.spent_on.isoformat(),
            entry.agent.name,
            entry.activity.words if entry.activity else "",
            _("yes") if entry.billable else _("no"),
            entry.minutes,
            str(cost) if cost is not None else "",
            entry.ticket.number,
            entry.ticket.subject,
            asker.name,
            asker.organisation.name if asker.organisation else "",
            entry.note,
        ]

"""The time of a ticket: get it, post an entry; change, remove and put back one of one's own."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.tickets import policies
from handrail.tickets.models import Stopwatch, TimeEntry
from handrail.tickets.timing import entering, running
from handrail.tickets.timing.forms import TimeForm
from handrail.tickets.timing.lengths import length_of
from handrail.tickets.timing.queries import stopwatch_of, time_on
from handrail.tickets.views.base import TicketView


class TimeView(TicketView):
    """What the views of time share: the panel, and whose an entry is."""

    def shown(
        self,
        *,
        form: TimeForm | None = None,
        editing: UUID | None = None,
        added: TimeEntry | None = None,
        removed: TimeEntry | None = None,
        stopping: bool = False,
        trouble: str = "",
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        """The panel as it is now; without script, on a page."""
        if status == HTTPStatus.OK and self.request.method != "GET" and not self.wants_fragment:
            return self.go("tickets:times", number=self.number)
        return self.page(
            "tickets/time/_panel.html" if self.wants_fragment else "tickets/time/show.html",
            status=status,
            ticket=self.ticket,
            time=time_on(self.ticket.pk),
            may_enter=policies.may_enter_time(self.agent) and not self.ticket.merged_into_id,
            me=self.agent.pk,
            form=form if form or self.wants_fragment else TimeForm(),
            editing=editing,
            added=added,
            removed=removed,
            timer=stopwatch_of(self.agent),
            stopping=stopping,
            turned=self.request.method != "GET",
            user_id=self.user.pk,
            trouble=trouble,
            length_of=length_of,
        )

    def stopped(self, timer: Stopwatch) -> TimeForm:
        """What a timer proposes, to be confirmed."""
        return TimeForm(initial={"length": length_of(timer.minutes_at(clock.now()))})

    def own(self, entry_id: UUID) -> TimeEntry:
        """404 for one of another ticket, 403 for a colleague's."""
        rows = TimeEntry.objects.filter(ticket=self.ticket, pk=entry_id).select_related("activity")
        entry = rows.first()
        if entry is None:
            raise Http404
        policies.demand(lambda agent: entry.agent_id == agent.pk, self.agent)
        return entry

    def gone(self) -> HttpResponse:
        return self.shown(trouble=_("It was changed meanwhile."), status=HTTPStatus.CONFLICT)


class TimesView(TimeView):
    """The panel with all entries. Whoever sees the ticket sees its time; a right is needed to enter some."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        timer = stopwatch_of(self.agent) if "stopping" in request.GET else None
        if timer and timer.ticket_id == self.ticket.pk:
            return self.shown(form=self.stopped(timer), stopping=True)
        return self.shown(form=TimeForm() if "adding" in request.GET else None)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        policies.demand(policies.may_enter_time, self.agent)
        form = TimeForm(request.POST)
        if not form.is_valid():
            unfit = HTTPStatus.UNPROCESSABLE_ENTITY
            return self.shown(form=form, stopping="timer" in request.POST, status=unfit)
        verb = running.enter_and_drop if "timer" in request.POST else entering.enter
        try:
            entry = verb(self.ticket, form.spent, by=self.agent, at=clock.now())
        except running.NotThere:
            return self.gone()
        return self.shown(added=entry)


class OneTimeView(TimeView):
    """One entry. Only whose it is changes it; others get a 403."""

    policy = policies.may_enter_time

    def get(self, request: HttpRequest, number: int, entry_id: UUID) -> HttpResponse:
        entry = self.own(entry_id)
        form = TimeForm(
            initial={
                "length": length_of(entry.minutes),
                "activity": entry.activity_id or "",
                "spent_on": entry.spent_on,
                "note": entry.note,
            },
            keeps=entry.activity,
        )
        return self.shown(form=form, editing=entry.pk)

    def post(self, request: HttpRequest, number: int, entry_id: UUID) -> HttpResponse:
        entry = self.own(entry_id)
        form = TimeForm(request.POST, keeps=entry.activity)
        if not form.is_valid():
            return self.shown(form=form, editing=entry_id, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            entering.change(self.ticket, entry_id, form.spent, by=self.agent, at=clock.now())
        except entering.Gone:
            return self.gone()
        return self.shown()

    def delete(self, request: HttpRequest, number: int, entry_id: UUID) -> HttpResponse:
        self.own(entry_id)
        try:
            entry = entering.remove(self.ticket, entry_id, by=self.agent, at=clock.now())
        except entering.Gone:
            return self.gone()
        return self.shown(removed=entry)


class TimeReturnView(TimeView):
    """POST puts a removed entry back."""

    policy = policies.may_enter_time

    def post(self, request: HttpRequest, number: int, entry_id: UUID) -> HttpResponse:
        self.own(entry_id)
        try:
            entering.put_back(self.ticket, entry_id, by=self.agent, at=clock.now())
        except entering.Gone:
            return self.gone()
        return self.shown()

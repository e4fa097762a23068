"""Recurring tickets: the list with its health, a new one, one to change, to pause, and a failed run again."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import get_current_timezone_name, localdate
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.team.access import AgentView
from handrail.team.models import Agent
from handrail.tickets.models import RecurringTicket
from handrail.tickets.models.recurring import Plan
from handrail.tickets.queries.decided import just_saved
from handrail.tickets.recurring import running, troubles
from handrail.tickets.recurring.forms import RecurringForm
from handrail.tickets.recurring.queries import changes_on, numbers_seen, recurring_for

#: So many runs are shown on the page of one.
SHOWN_RUNS = 20


class RecurringListView(AgentView):
    """GET lists them: next, last, and what is still open."""

    right = "tickets.recurring"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = recurring_for(self.agent)
        openable = numbers_seen([each.last for each in found if each.last], agent=self.agent)
        how: dict[str, Any] = {"found": found, "openable": openable, "words_of": troubles.words_of}
        return self.page("tickets/recurring/list.html", **how)


class RecurringWritingView(AgentView):
    """What a new one and one to change share; with `preview` only the next days are told."""

    right = "tickets.recurring"
    recurring: RecurringTicket | None = None

    def get(self, request: HttpRequest, **_of_address: object) -> HttpResponse:
        initial = RecurringForm.of(self.recurring) if self.recurring else self._usual()
        return self._show(RecurringForm(initial=initial, agent=self.agent))

    def post(self, request: HttpRequest, **_of_address: object) -> HttpResponse:
        form = RecurringForm(request.POST, agent=self.agent)
        if "preview" in request.POST:
            ahead = form.ahead(today=localdate())
            return self.page("tickets/recurring/_ahead.html", ahead=ahead, form=form)
        if not form.is_valid():
            return self._show(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if self.recurring:
            return self._change(self.recurring, form.plan())
        made = RecurringTicket.make(form.plan(), by=self.agent, at=clock.now())
        messages.success(request, _("Saved."))
        return self.go("tickets:recurring-one", recurring_id=made.pk)

    def _change(self, recurring: RecurringTicket, plan: Plan) -> HttpResponse:
        """On to its page, which offers the way back."""
        before = recurring.newest_change
        recurring.change(plan, by=self.agent, at=clock.now())
        here, saved = _address_of(recurring), recurring.newest_change
        if saved != before:
            return self.lead_to(f"{here}?saved={saved}")
        messages.success(self.request, _("Saved."))
        return self.lead_to(here)

    def _usual(self) -> dict[str, Any]:
        return {
            "interval": 1,
            "unit": "month",
            "where": "day",
            "starts_on": localdate(),
            "at_time": "08:00",
            "zone": get_current_timezone_name(),
            "lead_days": 0,
            "off_weekends": True,
            "make_up": RecurringTicket.MakeUp.LAST,
            "owner": self.agent.pk,
        }

    def _show(self, form: RecurringForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
        recurring = self.recurring
        data = form.data if form.is_bound else {k: v for k, v in form.initial.items() if v is not None}
        would = RecurringForm(data, agent=self.agent)
        runs = list(recurring.runs.select_related("ticket")[:SHOWN_RUNS]) if recurring else []
        openable = numbers_seen(runs, agent=self.agent)
        return self.page(
            "tickets/recurring/edit.html",
            status=status,
            form=form,
            one=recurring,
            ahead=would.ahead(today=localdate()),
            runs=runs,
            openable=openable,
            words_of=troubles.words_of,
            **self._changes(),
        )

    def _changes(self) -> dict[str, Any]:
        """What was changed before, and the change that was just saved."""
        if self.recurring is None:
            return {"changes": [], "just": None}
        changes = changes_on(self.recurring, labels=RecurringForm.column_labels())
        return {"changes": changes, "just": just_saved(changes, self.request.GET.get("saved", ""))}


class OneRecurringView(RecurringWritingView):
    """Loads the one of the address, else 404; with `_method=delete` a POST deletes it."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated and request.user.may(self.right):
            self.recurring = _recurring_of(self.agent, kwargs["recurring_id"])

    def post(self, request: HttpRequest, **_of_address: object) -> HttpResponse:
        if self.recurring is None or request.POST.get("_method") != "delete":
            return super().post(request)
        name = self.recurring.name
        self.recurring.discard(by=self.agent, at=clock.now())
        messages.success(
            request, _("“%(name)s” is deleted. The tickets that it opened stay.") % {"name": name}
        )
        return self.go("tickets:recurring")


class RecurringChangeView(AgentView):
    """DELETE puts back what a change made of it; a form posts it with `_method=delete`."""

    right = "tickets.recurring"

    def post(self, request: HttpRequest, recurring_id: UUID, change_id: int) -> HttpResponse:
        recurring = _recurring_of(self.agent, recurring_id)
        try:
            recurring.put_back(change_id, by=self.agent, at=clock.now())
            messages.success(request, _("It is as it was before."))
        except RecurringTicket.Superseded:
            messages.error(request, _("It is not so any more: something newer stands."))
        return self.lead_to(_address_of(recurring))


class PauseView(AgentView):
    """POST pauses it, with `_method=delete` it goes on."""

    right = "tickets.recurring"

    def post(self, request: HttpRequest, recurring_id: UUID) -> HttpResponse:
        recurring = _recurring_of(self.agent, recurring_id)
        if request.POST.get("_method") == "delete":
            recurring.go_on(by=self.agent, at=clock.now())
            messages.success(request, _("It goes on."))
        else:
            recurring.pause(by=self.agent, at=clock.now())
            messages.success(request, _("It is paused. Nothing opens until it goes on."))
        return self.go("tickets:recurring-one", recurring_id=recurring.pk)


class RunAgainView(AgentView):
    """POST opens the ticket of a run that failed."""

    right = "tickets.recurring"

    def post(self, request: HttpRequest, recurring_id: UUID, run_id: UUID) -> HttpResponse:
        recurring = _recurring_of(self.agent, recurring_id)
        run = recurring.runs.filter(pk=run_id).first()
        if run is None:
            raise Http404
        if running.run_again(run, at=clock.now()):
            messages.success(request, _("Tried again: look at the list of runs."))
        else:
            messages.error(request, _("Its ticket is there already."))
        return self.go("tickets:recurring-one", recurring_id=recurring.pk)


def _recurring_of(agent: Agent, key: UUID) -> RecurringTicket:
    """The one with this id, if the agent may see it, else 404."""
    rows = RecurringTicket.objects.visible_to(agent)
    found = rows.select_related("template", "person", "owner__user__role").filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _address_of(recurring: RecurringTicket) -> str:
    return reverse("tickets:recurring-one", kwargs={"recurring_id": recurring.pk})

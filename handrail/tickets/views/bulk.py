"""Work on many tickets: choose them, say what is done, see what it would change, start, stop, take back."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.kit.text import storable
from handrail.search.language import Malformed
from handrail.team.access import AgentView
from handrail.tickets.bulk import choosing, gifts
from handrail.tickets.bulk.foreseeing import foreseen
from handrail.tickets.bulk.forms import ChoiceForm, StepsForm
from handrail.tickets.bulk.reporting import orders_of, progress_of, troubles_of
from handrail.tickets.doing import Unfit, kept, read_all
from handrail.tickets.models.bulk import BulkOrder
from handrail.tickets.models.ticket.guarding import OVERRIDE


class OrdersView(AgentView):
    """GET lists what one has done to many tickets; POST fixes a choice and asks what to do with it."""

    right = "tickets.change"

    def get(self, request: HttpRequest) -> HttpResponse:
        now = clock.now()
        rows = [progress_of(order, at=now) for order in orders_of(self.agent)]
        return self.page("tickets/bulk/list.html", rows=rows)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ChoiceForm(request.POST)
        if not form.is_valid():
            return self._refused(_("Choose at least one ticket."))
        try:
            order = choosing.order(form.choice(), by=self.agent, at=clock.now())
        except choosing.NothingChosen:
            return self._refused(_("Choose at least one ticket."))
        except choosing.TooMany as many:
            words = _("These are %(number)s tickets; at most %(limit)s at once. Narrow the view first.")
            return self._refused(words % {"number": many.args[0], "limit": choosing.AT_MOST})
        except Malformed as wrong:
            return self._refused(str(wrong))
        return self.go("tickets:bulk-order", order.pk)

    def _refused(self, words: str) -> HttpResponse:
        messages.error(self.request, words)
        return self.page("tickets/bulk/list.html", status=HTTPStatus.UNPROCESSABLE_ENTITY, rows=[])


class OneOrderView(AgentView):
    """One's own orders only."""

    right = "tickets.change"
    order: BulkOrder

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated and request.user.may(self.right):
            self.order = self._load(kwargs["order_id"])

    def _load(self, order_id: UUID) -> BulkOrder:
        order = BulkOrder.objects.filter(by=self.agent, pk=order_id).first()
        if order is None:
            raise Http404
        return order

    def turned(self, verb: Callable[..., None]) -> HttpResponse:
        """Do it, or say that somebody was faster; then show how far it is."""
        try:
            verb(at=clock.now())
        except BulkOrder.NotNow:
            messages.error(self.request, _("It is not in a state for that any more."))
        return self.go("tickets:bulk-order", self.order.pk)


class OrderView(OneOrderView):
    """GET shows the plan, or how far it is; POST says what is to be done and shows what it would change."""

    def get(self, request: HttpRequest, order_id: UUID) -> HttpResponse:
        if self.order.state == BulkOrder.State.PLANNED:
            return self._plan(StepsForm(agent=self.agent))
        progress = progress_of(self.order, at=clock.now())
        template = "tickets/bulk/_progress.html" if self.wants_fragment else "tickets/bulk/show.html"
        return self.page(template, progress=progress, troubles=troubles_of(self.order), steps=self._words())

    def post(self, request: HttpRequest, order_id: UUID) -> HttpResponse:
        form = StepsForm(request.POST, agent=self.agent)
        if not form.is_valid():
            return self._plan(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            self.order.plan(kept(form.actions))
        except BulkOrder.NotNow:
            return self.go("tickets:bulk-order", self.order.pk)
        return self._plan(form, foresight=foreseen(self.order, form.actions, by=self.agent))

    def _plan(self, form: StepsForm, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
        context |= {"order": self.order, "form": form, "may_override": self.agent.may(OVERRIDE)}
        return self.page("tickets/bulk/plan.html", status=status, **context)

    def _words(self) -> list[str]:
        """What is done, in words; a step that means nothing any more has none."""
        try:
            return [action.words for action in read_all(self.order.actions, by=self.agent)]
        except Unfit as unfit:
            return [str(unfit)]


class RunView(OneOrderView):
    """POST starts it or goes on; with `_method=delete` it stops."""

    def post(self, request: HttpRequest, order_id: UUID) -> HttpResponse:
        if request.POST.get("_method") == "delete":
            return self.turned(self._stop)
        if not self.order.actions:
            return self.go("tickets:bulk-order", self.order.pk)
        despite = storable(request.POST.get("despite", "")).strip()
        if despite and not self.agent.may(OVERRIDE):
            raise PermissionDenied
        return self.turned(partial(self.order.start, despite=despite))

    @transaction.atomic
    def _stop(self, *, at: datetime) -> None:
        self.order.stop(at=at)
        gifts.tell(self.order, at=at)


class ReversalView(OneOrderView):
    """POST takes back what was done."""

    def post(self, request: HttpRequest, order_id: UUID) -> HttpResponse:
        return self.turned(self.order.revert)

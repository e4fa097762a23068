"""The statuses of the desk: which there are, what they are called, and who moves tickets where."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.accounts.models import Role
from handrail.kit import clock
from handrail.tickets import retiring, stages
from handrail.tickets.models import ForbiddenMove, Status
from handrail.tickets.models.categories import Category
from handrail.tickets.queries import standing
from handrail.tickets.status_forms import EditStatusForm, MovesForm, NewStatusForm, RetirementForm


class StatusesView(PrivateView):
    """GET lists the statuses with what is wrong with them, POST adds one."""

    right = "fields.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(NewStatusForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewStatusForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        made = Status.make(
            key=form.cleaned_data["key"],
            category=Category(form.cleaned_data["category"]),
            labels=form.labels,
            by=self.user,
            at=clock.now(),
        )
        messages.success(
            request, _("The status “%(words)s” counts from now on.") % {"words": made.labels["en"]}
        )
        return self.go("tickets:statuses")

    def _show(self, form: Form, *, status: int = 200) -> HttpResponse:
        every = stages.stages()
        return self.page(
            "tickets/statuses/list.html",
            form=form,
            stages=every.all,
            counts=standing.counts_by_stage(every),
            advice=standing.advice_on(every),
            roles=standing.moving_roles(),
            status=status,
        )


class OneStatusView(PrivateView):
    """GET shows a status, POST gives it other words or another place."""

    right = "fields.manage"

    def get(self, request: HttpRequest, status_id: UUID) -> HttpResponse:
        row = get_object_or_404(Status, pk=status_id)
        labels = {f"label_{key}": words for key, words in row.labels.items()}
        return self._show(row, EditStatusForm(initial={**labels, "position": row.position}))

    def post(self, request: HttpRequest, status_id: UUID) -> HttpResponse:
        row, form = get_object_or_404(Status, pk=status_id), EditStatusForm(request.POST)
        if not form.is_valid():
            return self._show(row, form, status=422)
        row.edit(labels=form.labels, position=form.cleaned_data["position"], by=self.user, at=clock.now())
        messages.success(request, _("Saved. It counts at once."))
        return self.go("tickets:one-status", status_id=row.pk)

    def _show(self, row: Status, form: Form, *, status: int = 200) -> HttpResponse:
        every = stages.stages()
        stage = every.by_key(row.key)
        others = [each for each in every.offered if each.category == row.category and each.key != row.key]
        tickets = standing.counts_by_stage(every).get(row.key, 0)
        return self.page(
            "tickets/statuses/edit.html",
            row=row,
            stage=stage,
            form=form,
            others=others,
            tickets=tickets,
            status=status,
        )


class RetirementView(PrivateView):
    """POST retires a status and says where its tickets go, DELETE (or `_method`) takes it up again."""

    right = "fields.manage"

    def post(self, request: HttpRequest, status_id: UUID) -> HttpResponse:
        row, at = get_object_or_404(Status, pk=status_id), clock.now()
        if request.POST.get("_method") == "delete":
            row.restore(by=self.user, at=at)
            messages.success(request, _("It is offered again."))
            return self.go("tickets:one-status", status_id=row.pk)
        form = RetirementForm(request.POST, status=row)
        if not form.is_valid():
            messages.error(request, _("Choose a status of the same kind for its tickets."))
            return self.go("tickets:one-status", status_id=row.pk)
        retiring.retire(row, into=form.cleaned_data["into"], by=self.user, at=at)
        messages.success(request, _("It is retired. Its tickets move on by themselves."))
        return self.go("tickets:statuses")


class MovesView(PrivateView):
    """GET shows where people of a role move tickets, POST changes it; with `preview` it only tells."""

    right = "fields.manage"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        role, every = get_object_or_404(Role, key=key), stages.stages()
        forbidden = set(every.forbidden.get(role.key, ()))
        return self.page(
            "tickets/statuses/moves.html",
            role=role,
            columns=[each for each in every.offered if each.key != "new"],
            table=standing.table_of(every, forbidden=forbidden),
            advice=standing.advice_on(every),
        )

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        role, every = get_object_or_404(Role, key=key), stages.stages()
        form = MovesForm(request.POST, role=role, every=every)
        if "preview" in request.POST:
            advice = standing.advice_on(every, instead={role.key: form.forbidden})
            return self.page("tickets/statuses/_advice.html", advice=advice)
        ForbiddenMove.set_for(role, form.forbidden, by=self.user, at=clock.now())
        messages.success(request, _("Saved. It counts at once."))
        return self.go("tickets:moves", key=role.key)

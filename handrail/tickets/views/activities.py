"""Activities: the list with a new one, one to change, one to retire and to bring back."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.kit import clock
from handrail.tickets.models import Activity
from handrail.tickets.timing.forms import ActivityForm


class ActivitiesView(PrivateView):
    """GET lists them, POST adds one."""

    right = "tickets.activities"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(ActivityForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ActivityForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        made = Activity.make(form.kind, by=self.user, at=clock.now())
        messages.success(request, _("“%(words)s” can be chosen from now on.") % {"words": made.words})
        return self.go("tickets:activities")

    def _show(self, form: ActivityForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
        every = list(Activity.objects.all())
        return self.page("tickets/activities/list.html", status=status, form=form, activities=every)


class ActivityView(PrivateView):
    """GET shows one, POST changes it."""

    right = "tickets.activities"

    def get(self, request: HttpRequest, activity_id: UUID) -> HttpResponse:
        activity = get_object_or_404(Activity, pk=activity_id)
        return self._show(activity, ActivityForm(initial=ActivityForm.of(activity)))

    def post(self, request: HttpRequest, activity_id: UUID) -> HttpResponse:
        activity, form = get_object_or_404(Activity, pk=activity_id), ActivityForm(request.POST)
        if not form.is_valid():
            return self._show(activity, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        activity.change(form.kind, by=self.user, at=clock.now())
        messages.success(request, _("Saved. What was entered keeps the cost it had."))
        return self.go("tickets:activities")

    def _show(self, activity: Activity, form: ActivityForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
        return self.page("tickets/activities/edit.html", status=status, activity=activity, form=form)


class ActivityRetirementView(PrivateView):
    """POST offers it no more, with `_method=delete` it is offered again."""

    right = "tickets.activities"

    def post(self, request: HttpRequest, activity_id: UUID) -> HttpResponse:
        activity = get_object_or_404(Activity, pk=activity_id)
        if request.POST.get("_method") == "delete":
            activity.bring_back(by=self.user, at=clock.now())
        else:
            activity.retire(by=self.user, at=clock.now())
        return self.go("tickets:activities")

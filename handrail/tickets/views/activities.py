"""Activities: the list with a new one, one to change, one to retire and to bring back."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.kit import clock
from handrail.tickets.models import Activity
from handrail.tickets.queries.decided import changes_of, just_saved
from handrail.tickets.timing.forms import LABELS, ActivityForm


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
        before = activity.newest_change
        activity.change(form.kind, by=self.user, at=clock.now())
        here, saved = reverse("tickets:activity", kwargs={"activity_id": activity.pk}), activity.newest_change
        if saved != before:
            return self.lead_to(f"{here}?saved={saved}")
        messages.success(request, _("Saved."))
        return self.lead_to(here)

    def _show(self, activity: Activity, form: ActivityForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
        changes = changes_of(activity, labels=LABELS)
        just = just_saved(changes, self.request.GET.get("saved", ""))
        context = {"activity": activity, "form": form, "changes": changes, "just": just}
        return self.page("tickets/activities/edit.html", status=status, **context)


class ActivityChangeView(PrivateView):
    """DELETE puts back what a change made of it; a form posts it with `_method=delete`."""

    right = "tickets.activities"

    def post(self, request: HttpRequest, activity_id: UUID, change_id: int) -> HttpResponse:
        activity = get_object_or_404(Activity, pk=activity_id)
        try:
            activity.put_back(change_id, by=self.user, at=clock.now())
            messages.success(request, _("It is as it was before."))
        except Activity.Superseded:
            messages.error(request, _("It is not so any more: something newer stands."))
        return self.lead_to(reverse("tickets:activity", kwargs={"activity_id": activity_id}))


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

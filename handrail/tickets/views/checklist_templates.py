"""Ready checklists: the list, a new one, one to change, one to retire and to bring back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.team.access import AgentView
from handrail.tickets import policies
from handrail.tickets.checklists.forms import EVERYONE, TemplateForm
from handrail.tickets.models import ChecklistTemplate


class ChecklistTemplatesView(AgentView):
    """GET lists those that one can use."""

    right = "tickets.note"

    def get(self, request: HttpRequest) -> HttpResponse:
        templates = list(ChecklistTemplate.objects.visible_to(self.agent).select_related("team"))
        return self.page(
            "tickets/checklist_templates/list.html",
            in_use=[each for each in templates if not each.retired_at],
            retired=[each for each in templates if each.retired_at],
            may_write=policies.may_share_macros(self.agent),
        )


class WritingView(AgentView):
    """What those who write them share."""

    right = "tickets.macros"

    def show(
        self, form: TemplateForm, template: ChecklistTemplate | None, *, status: int = 200
    ) -> HttpResponse:
        """The form, for a new one or for one that is there."""
        return self.page("tickets/checklist_templates/edit.html", status=status, form=form, ready=template)


class NewChecklistTemplateView(WritingView):
    """GET shows an empty form, POST makes the template."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(TemplateForm(agent=self.agent), None)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = TemplateForm(request.POST, agent=self.agent)
        if not form.is_valid():
            return self.show(form, None, status=422)
        made = ChecklistTemplate.make(**form.columns(), by=self.agent, at=clock.now())
        messages.success(request, _("Saved. On a ticket you find it with h."))
        return self.go("tickets:checklist-template", template_id=made.pk)


class LoadedView(WritingView):
    """Loads the template of the address, else 404."""

    template: ChecklistTemplate

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            self.template = self._load(kwargs["template_id"])

    def _load(self, template_id: UUID) -> ChecklistTemplate:
        if not self.agent.may(self.right):
            raise PermissionDenied
        found = ChecklistTemplate.objects.visible_to(self.agent).filter(pk=template_id).first()
        if found is None:
            raise Http404
        return found


class OneChecklistTemplateView(LoadedView):
    """GET shows it, POST changes it; checklists that were made from it stay as they are."""

    def get(self, request: HttpRequest, template_id: UUID) -> HttpResponse:
        team = self.template.team_id
        first = {"name": self.template.name, "whose": str(team) if team else EVERYONE}
        form = TemplateForm(initial=first, agent=self.agent, steps=self.template.steps)
        return self.show(form, self.template)

    def post(self, request: HttpRequest, template_id: UUID) -> HttpResponse:
        form = TemplateForm(request.POST, agent=self.agent)
        if not form.is_valid():
            return self.show(form, self.template, status=422)
        self.template.rewrite(**form.columns(), at=clock.now())
        messages.success(request, _("Saved."))
        return self.go("tickets:checklist-template", template_id=template_id)


class ChecklistTemplateRetirementView(LoadedView):
    """POST takes it out of every menu, or with `_method=delete` brings it back."""

    def post(self, request: HttpRequest, template_id: UUID) -> HttpResponse:
        if request.POST.get("_method") == "delete":
            self.template.bring_back(at=clock.now())
            messages.success(request, _("%(name)s is in use again.") % {"name": self.template.name})
        else:
            self.template.retire(at=clock.now())
            said = _("%(name)s is retired. Below the list you can bring it back.")
            messages.success(request, said % {"name": self.template.name})
        return self.go("tickets:checklist-templates")

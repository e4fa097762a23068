"""Ticket templates: the list, a new one, one to change, one to retire and to bring back."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from handrail.fields.field import Noun
from handrail.fields.posted import given_in
from handrail.fields.queries import setup_of
from handrail.kit import clock
from handrail.team.access import AgentView
from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.macros.variables import EXAMPLES, NAMES
from handrail.tickets.models.ticket_template import TicketTemplate
from handrail.tickets.templating.forms import TemplateForm, cells_for, would_hold


class TemplateListView(AgentView):
    """GET lists them."""

    right = "tickets.open"

    def get(self, request: HttpRequest) -> HttpResponse:
        seen = list(TicketTemplate.objects.visible_to(self.agent).select_related("owner", "team", "brand"))
        return self.page(
            "tickets/templates/list.html",
            in_use=[each for each in seen if not each.retired_at],
            retired=[each for each in seen if each.retired_at],
        )


class WritingView(AgentView):
    """What a new template and one to change share: the form, judged with its custom fields."""

    right = "tickets.open"
    template: TicketTemplate | None = None

    def get(self, request: HttpRequest, **_of_address: object) -> HttpResponse:
        initial = TemplateForm.of(self.template) if self.template else None
        return self._show(TemplateForm(initial=initial, agent=self.agent), None)

    def post(self, request: HttpRequest, **_of_address: object) -> HttpResponse:
        form = TemplateForm(request.POST, agent=self.agent)
        if "preview" in request.POST:
            return self._show(form, request.POST, page="fields/_form.html")
        given = given_in(request.POST, setup_of(Noun.TICKET).live)
        would = would_hold(given, template=self.template, agent=self.agent)
        if not form.is_valid() or would.problems:
            return self._show(form, request.POST, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        beginning = form.beginning(would.values)
        if self.template:
            self.template.rewrite(beginning, at=clock.now())
        else:
            self.template = TicketTemplate.make(beginning, by=self.agent, at=clock.now())
        messages.success(request, _("Saved. It is offered when you open a ticket."))
        return self.go("tickets:template-edit", template_id=self.template.pk)

    def _show(
        self,
        form: TemplateForm,
        sent: QueryDict | None,
        *,
        page: str = "tickets/templates/edit.html",
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        return self.page(
            page,
            status=status,
            form=form,
            one=self.template,
            cells=cells_for(sent, template=self.template, agent=self.agent),
            form_id="template-fields",
            preview=self.request.path,
            names=NAMES,
            examples=EXAMPLES,
        )


class OneTemplateView(WritingView):
    """Loads the template of the address, else 404; a shared one may only be changed by who may share."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated and request.user.may(self.right):
            self.template = _template_of(self.agent, kwargs["template_id"])


class TemplateRetirementView(AgentView):
    """POST takes it out of every menu, or with `_method=delete` brings it back."""

    right = "tickets.open"

    def post(self, request: HttpRequest, template_id: UUID) -> HttpResponse:
        template = _template_of(self.agent, template_id)
        if request.POST.get("_method") == "delete":
            template.bring_back(at=clock.now())
            messages.success(request, _("%(name)s is in use again.") % {"name": template.name})
        else:
            template.retire(at=clock.now())
            words = _("%(name)s is retired. Below the list you can bring it back.")
            messages.success(request, words % {"name": template.name})
        return self.go("tickets:templates")


def _template_of(agent: Agent, key: UUID) -> TicketTemplate:
    """The one with this id, else 404; a shared one is only changed by who may share, else 403."""
    found = TicketTemplate.objects.visible_to(agent).filter(pk=key).first()
    if found is None:
        raise Http404
    if found.owner_id != agent.pk and not policies.may_share_templates(agent):
        raise PermissionDenied
    return found

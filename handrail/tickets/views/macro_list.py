"""All macros that somebody can use: the list, a new one, one to change, one to retire and to bring back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.team.access import AgentView
from handrail.tickets import policies
from handrail.tickets.macros.forms import MacroForm
from handrail.tickets.macros.laying_out import Layout, laid_out
from handrail.tickets.macros.reporting import outcomes_of
from handrail.tickets.macros.variables import EXAMPLES, NAMES
from handrail.tickets.models import Ticket
from handrail.tickets.models.macro import Macro


class MacroListView(AgentView):
    """GET lists them, with what became of them; POST makes a new one."""

    right = "tickets.note"

    def get(self, request: HttpRequest) -> HttpResponse:
        seen = Macro.objects.visible_to(self.agent).select_related("owner", "team", "brand")
        macros, now = list(seen.prefetch_related("texts")), clock.now()
        return self.page(
            "tickets/macros/list.html",
            in_use=[macro for macro in macros if not macro.retired_at],
            retired=[macro for macro in macros if macro.retired_at],
            outcomes=outcomes_of([macro.pk for macro in macros], at=now),
            today=now.date(),
        )


class NewMacroView(AgentView):
    """GET shows an empty form, POST makes the macro."""

    right = "tickets.note"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(MacroForm(agent=self.agent))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = MacroForm(request.POST, agent=self.agent)
        if not form.is_valid():
            return self._show(form, status=422)
        macro = Macro.make(form.recipe(), by=self.agent, at=clock.now())
        messages.success(request, _("Saved. You find it with m under an answer."))
        return self.go("tickets:macro-edit", macro.pk)

    def _show(self, form: MacroForm, *, status: int = 200) -> HttpResponse:
        return self.page(
            "tickets/macros/edit.html", status=status, form=form, names=NAMES, examples=EXAMPLES, macro=None
        )


class OneMacroView(AgentView):
    """Loads the macro of the address, else 404; a shared one may only be changed by who may share."""

    right = "tickets.note"
    macro: Macro

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated and request.user.may(self.right):
            self.macro = self._load(kwargs["macro_id"])

    def _load(self, macro_id: UUID) -> Macro:
        seen = Macro.objects.visible_to(self.agent).prefetch_related("texts")
        macro: Macro | None = seen.filter(pk=macro_id).first()
        if macro is None:
            raise Http404
        if macro.owner_id != self.agent.pk and not policies.may_share_macros(self.agent):
            raise PermissionDenied
        return macro


class MacroEditView(OneMacroView):
    """GET shows it, with `?ticket=` also what it would say and do there; POST changes it."""

    def get(self, request: HttpRequest, macro_id: UUID) -> HttpResponse:
        return self._show(MacroForm(initial=MacroForm.of(self.macro), agent=self.agent))

    def post(self, request: HttpRequest, macro_id: UUID) -> HttpResponse:
        form = MacroForm(request.POST, agent=self.agent)
        if not form.is_valid():
            return self._show(form, status=422)
        self.macro.rewrite(form.recipe(), at=clock.now())
        messages.success(request, _("Saved."))
        return self.go("tickets:macro-edit", self.macro.pk)

    def _show(self, form: MacroForm, *, status: int = 200) -> HttpResponse:
        tried = self.request.GET.get("ticket", "").strip().removeprefix("#")
        return self.page(
            "tickets/macros/edit.html",
            status=status,
            form=form,
            names=NAMES,
            examples=EXAMPLES,
            macro=self.macro,
            tried=tried,
            layout=self._tried_on(tried),
        )

    def _tried_on(self, number: str) -> Layout | None:
        if not (number.isascii() and number.isdigit() and len(number) < 16):
            return None
        ticket = Ticket.objects.visible_to(self.agent).filter(number=int(number)).first()
        return laid_out(self.macro, ticket, by=self.agent, at=clock.now()) if ticket else None


class MacroRetirementView(OneMacroView):
    """POST takes it out of every menu, or with `_method=delete` brings it back."""

    def post(self, request: HttpRequest, macro_id: UUID) -> HttpResponse:
        if request.POST.get("_method") == "delete":
            self.macro.bring_back(at=clock.now())
            messages.success(request, _("%(macro)s is in use again.") % {"macro": self.macro.name})
        else:
            self.macro.retire(at=clock.now())
            messages.success(
                request,
                _("%(macro)s is retired. Below the list you can bring it back.") % {"macro": self.macro.name},
            )
        return self.go("tickets:macro-list")

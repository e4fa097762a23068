"""The pages of the first set-up. What was typed waits in the session; a password never does."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language

from handrail.accounts import signing_in
from handrail.accounts.access import PublicView
from handrail.accounts.signing_in import How
from handrail.kit import clock
from handrail.workbench.setup import founding
from handrail.workbench.setup.forms import ColleaguesForm, CompanyForm, FounderForm, name_from
from handrail.workbench.setup.founding import Founder, Plan

TYPED = "set_up"
STEPS: dict[str, type[forms.Form]] = {
    "company": CompanyForm,
    "colleagues": ColleaguesForm,
    "you": FounderForm,
}


class SetUpView(PublicView):
    """GET shows a step, POST takes it; the last one founds the desk, and then this is a 404 for ever."""

    before_second_factor = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not founding.is_open(kwargs["secret"], at=clock.now()):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        step = self._step()
        typed = self._typed().get(step, {})
        begun = {"language": get_language() or "en"} if step == "you" else {}
        return self._show(step, STEPS[step](initial=begun | typed))

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        step = self._step()
        form = STEPS[step](request.POST)
        if not form.is_valid():
            return self._show(step, form, status=422)
        if step == "you":
            return self._found(secret, form)
        request.session[TYPED] = self._typed() | {step: form.cleaned_data}
        names = list(STEPS)
        return HttpResponseRedirect(f"{request.path}?step={names[names.index(step) + 1]}", status=303)

    def _found(self, secret: str, form: forms.Form) -> HttpResponse:
        at = clock.now()
        try:
            admin = founding.found(self._plan(form), Founder(**form.cleaned_data), secret=secret, at=at)
        except founding.Closed:
            raise Http404 from None
        self.request.session.pop(TYPED, None)
        next = "/" if admin.has_usable_password() else reverse("accounts:passkeys")
        return signing_in.begin(self.request, admin, how=How.LINK, remember=True, next=next, at=at)

    def _plan(self, form: forms.Form) -> Plan:
        """Everything but the founder; whoever stands on the list of colleagues too is not invited."""
        typed = self._typed()
        listed = [line for line in typed["colleagues"]["colleagues"].split() if line]
        others = [line for line in listed if line != form.cleaned_data["email"].lower()]
        return Plan(**typed["company"], colleagues=[(line, name_from(line)) for line in others])

    def _step(self) -> str:
        """The step asked for, but none before those in front of it are done."""
        asked, done = self.request.GET.get("step", "company"), self._typed()
        names = list(STEPS)
        first_open = next((name for name in names if name not in done), names[-1])
        return asked if asked in names and names.index(asked) <= names.index(first_open) else first_open

    def _typed(self) -> dict[str, dict[str, str]]:
        typed: dict[str, dict[str, str]] = self.request.session.get(TYPED, {})
        return typed

    def _show(self, step: str, form: forms.Form, *, status: int = 200) -> HttpResponse:
        number = list(STEPS).index(step)
        back = list(STEPS)[number - 1] if number else ""
        shown = {"form": form, "step": step, "number": number, "steps": len(STEPS), "back": back}
        return self.page(f"workbench/setup/{step}.html", status=status, **shown)

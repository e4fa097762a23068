"""Prove once more who you are, before something about your way in is changed."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from handrail.accounts import confirming, factors, passkeys, signing_in, standing
from handrail.accounts.access import PersonalView
from handrail.accounts.forms.proofs import ConfirmationForm
from handrail.accounts.views.slowing import slow_down
from handrail.kit import clock


class ConfirmationView(PersonalView):
    """GET asks for what this person can prove themselves with, POST takes it and goes on."""

    needs_proof = False
    before_second_factor = True

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = signing_in.safe_path(request.GET.get("next", "")) or reverse("accounts:security")
        return self._show(ConfirmationForm(initial={"next": wanted}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form, at = ConfirmationForm(request.POST), clock.now()
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            confirming.confirm(request, self.user, at=at, **form.proof())
        except confirming.NotConfirmed:
            form.refuse()
            return self._show(form, status=422)
        except confirming.TooFast as too_fast:
            form.slow_down(too_fast.wait)
            return slow_down(self._show(form, status=429), too_fast.wait)
        standing.proved(request.session, at=at)
        wanted = signing_in.safe_path(form.cleaned_data["next"])
        return HttpResponseRedirect(wanted or reverse("accounts:security"))

    def _show(self, form: ConfirmationForm, *, status: int = 200) -> HttpResponse:
        has = factors.of(self.user)
        ways = {"passkeys": passkeys.are_possible() and bool(has.passkeys), "has": has}
        return self.page("accounts/confirmation/show.html", form=form, status=status, **ways)

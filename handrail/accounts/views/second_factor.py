"""The second step of a sign-in: a code from the app, a recovery code, or a passkey."""

from django.http import HttpRequest, HttpResponse

from handrail.accounts import audit, factors, passkeys, signing_in, throttling
from handrail.accounts.access import PublicView
from handrail.accounts.forms.proofs import CodeForm
from handrail.accounts.models import User
from handrail.accounts.network import address_of
from handrail.accounts.views.slowing import slow_down
from handrail.kit import clock


class SecondFactorView(PublicView):
    """GET asks for the code of a held sign-in, POST takes it."""

    before_second_factor = True

    def get(self, request: HttpRequest) -> HttpResponse:
        waiting = signing_in.held(request, at=clock.now())
        return self._show(waiting[0], CodeForm()) if waiting else self.go("accounts:sign-in")

    def post(self, request: HttpRequest) -> HttpResponse:
        form, at = CodeForm(request.POST), clock.now()
        waiting = signing_in.held(request, at=at)
        if waiting is None:
            return self.go("accounts:sign-in")
        user, held = waiting
        if not form.is_valid():
            return self._show(user, form, status=422)
        if wait := throttling.knock(throttling.CODE, user.pk, at=at):
            form.slow_down(wait)
            return slow_down(self._show(user, form, status=429), wait)
        try:
            factors.spend_code(user, form.cleaned_data["code"], at=at)
        except factors.WrongCode:
            audit.record("sign-in.code-failed", by=None, about=user, at=at, address=address_of(request))
            form.refuse()
            return self._show(user, form, status=422)
        throttling.forget(throttling.CODE, user.pk)
        return signing_in.finish(request, user, held, at=at)

    def _show(self, user: User, form: CodeForm, *, status: int = 200) -> HttpResponse:
        has = factors.of(user)
        possible = passkeys.are_possible() and bool(has.passkeys)
        return self.page(
            "accounts/second_factor/show.html", form=form, has=has, passkeys=possible, status=status
        )

"""The authenticator app: set it up with a square code, or remove it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.accounts import factors, sessions, standing
from handrail.accounts.access import PersonalView
from handrail.accounts.forms.proofs import CodeForm
from handrail.kit import clock

SECRET = "new_app_secret"  # noqa: S105  the name it has in the session, not the secret


class AuthenticatorView(PersonalView):
    """GET shows the square code, POST takes a first code as the proof that the app has it."""

    returns_to = "accounts:authenticator"
    before_second_factor = True

    def get(self, request: HttpRequest) -> HttpResponse:
        if factors.of(self.user).app:
            return self.go("accounts:security")
        secret = request.session.setdefault(SECRET, factors.new_app_secret())
        return self._show(secret, CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form, at = CodeForm(request.POST), clock.now()
        secret = request.session.get(SECRET)
        if not secret or not form.is_valid():
            return self._show(secret, form, status=422) if secret else self.go("accounts:authenticator")
        try:
            factors.add_app(self.user, secret=secret, code=form.cleaned_data["code"], at=at)
        except factors.WrongCode:
            form.refuse()
            return self._show(secret, form, status=422)
        del request.session[SECRET]
        standing.passed_second_factor(request.session, at=at)
        sessions.end_others(request, self.user)
        return self.go("accounts:recovery-codes")

    def _show(self, secret: str, form: CodeForm, *, status: int = 200) -> HttpResponse:
        picture = factors.app_picture(self.user, secret)
        words = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        shown = {"form": form, "picture": picture, "words": words}
        return self.page("accounts/authenticator/edit.html", status=status, **shown)


class AuthenticatorRemovalView(PersonalView):
    """POST removes the app, and signs out every other device."""

    def post(self, request: HttpRequest) -> HttpResponse:
        factors.remove_app(self.user, at=clock.now())
        sessions.end_others(request, self.user)
        messages.info(request, _("The authenticator app is removed. Other devices were signed out."))
        return self.go("accounts:security")

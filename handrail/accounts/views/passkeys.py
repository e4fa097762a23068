"""One's own passkeys: add one on this device, remove one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.accounts import factors, passkeys, sessions, standing
from handrail.accounts.access import PersonalView
from handrail.accounts.forms.proofs import NewPasskeyForm
from handrail.kit import clock


class PasskeysView(PersonalView):
    """GET asks the browser to make a passkey, POST keeps it and signs out every other device."""

    returns_to = "accounts:passkeys"
    before_second_factor = True

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(NewPasskeyForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form, at = NewPasskeyForm(request.POST), clock.now()
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            passkeys.add(request, self.user, at=at, **form.cleaned_data)
        except passkeys.PasskeyRefused:
            form.add_error(None, _("The device and this desk did not understand each other. Try again."))
            return self._show(form, status=422)
        standing.passed_second_factor(request.session, at=at)
        sessions.end_others(request, self.user)
        if factors.of(self.user).recovery_codes is None:
            return self.go("accounts:recovery-codes")
        messages.success(request, _("The passkey is added. Other devices were signed out."))
        return self.go("accounts:security")

    def _show(self, form: NewPasskeyForm, *, status: int = 200) -> HttpResponse:
        possible = passkeys.are_possible()
        options = passkeys.begin_adding(self.request, self.user) if possible else None
        return self.page("accounts/passkeys/new.html", form=form, options=options, status=status)


class PasskeyRemovalView(PersonalView):
    """POST removes one, and signs out every other device."""

    def post(self, request: HttpRequest, passkey: int) -> HttpResponse:
        try:
            passkeys.remove(self.user, passkey, at=clock.now())
        except passkeys.PasskeyRefused:
            raise Http404 from None
        sessions.end_others(request, self.user)
        messages.info(request, _("The passkey is removed. Other devices were signed out."))
        return self.go("accounts:security")

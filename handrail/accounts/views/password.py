"""One's own password."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.accounts import passwords, sessions
from handrail.accounts.access import PersonalView
from handrail.accounts.forms.proofs import NewPasswordForm
from handrail.kit import clock


class PasswordView(PersonalView):
    """GET asks for a new password, POST sets it and signs out every other device."""

    returns_to = "accounts:password"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("accounts/password/edit.html", form=NewPasswordForm(user=self.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewPasswordForm(request.POST, user=self.user)
        if not form.is_valid():
            return self.page("accounts/password/edit.html", form=form, status=422)
        passwords.change(self.user, form.cleaned_data["password"], by=self.user, at=clock.now())
        sessions.end_others(request, self.user)
        messages.success(request, _("Your password is changed. Other devices were signed out."))
        return self.go("accounts:security")

"""One's own profile: name, language, time zone, look."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.accounts.access import PersonalView
from handrail.accounts.forms.own import ProfileForm
from handrail.kit import clock


class ProfileView(PersonalView):
    """GET shows the profile, POST changes it."""

    needs_proof = False

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("accounts/profile/edit.html", form=ProfileForm(initial=ProfileForm.of(self.user)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ProfileForm(request.POST)
        if not form.is_valid():
            return self.page("accounts/profile/edit.html", form=form, status=422)
        self.user.prefer(at=clock.now(), **form.cleaned_data)
        with translation.override(self.user.language):
            messages.success(request, _("Saved."))
        return self.go("accounts:profile")

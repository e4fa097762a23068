"""Sign in with a passkey, or prove a held sign-in with one."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from handrail.accounts import passkeys, signing_in
from handrail.accounts.access import PublicView
from handrail.accounts.forms.proofs import PasskeyForm
from handrail.accounts.models import User
from handrail.accounts.signing_in import How
from handrail.kit import clock


class PasskeyView(PublicView):
    """GET makes a challenge for the browser, POST takes what the device signed."""

    before_second_factor = True

    def get(self, request: HttpRequest) -> HttpResponse:
        return JsonResponse(passkeys.begin_proving(request, self._expected(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form, at = PasskeyForm(request.POST), clock.now()
        if not form.is_valid():
            return self.page("accounts/passkey/refused.html", status=422)
        waiting = signing_in.held(request, at=at)
        credential = form.cleaned_data["credential"]
        try:
            user = passkeys.prove(request, credential, user=waiting[0] if waiting else None, at=at)
        except passkeys.PasskeyRefused:
            return self.page("accounts/passkey/refused.html", status=422)
        if waiting:
            return signing_in.finish(request, user, waiting[1], at=at)
        next = form.cleaned_data["next"]  # a passkey lives on a device of one's own, so it is remembered
        return signing_in.begin(request, user, how=How.PASSKEY, remember=True, next=next, at=at)

    def _expected(self, request: HttpRequest) -> User | None:
        """Whose passkey it must be: that of a held sign-in, or of who is signed in; else anybody's."""
        if isinstance(request.user, User):
            return request.user
        waiting = signing_in.held(request, at=clock.now())
        return waiting[0] if waiting else None

"""The sign-in page: address and password; the other ways in start here too."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from handrail.accounts import passkeys, passwords, signing_in
from handrail.accounts.access import PublicView
from handrail.accounts.forms.proofs import SignInForm
from handrail.accounts.signing_in import How
from handrail.accounts.views.slowing import slow_down
from handrail.kit import clock


class SignInView(PublicView):
    """GET shows the page, POST takes an address and a password."""

    before_second_factor = True

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = signing_in.safe_path(request.GET.get("next", ""))
        if request.user.is_authenticated:
            return HttpResponseRedirect(wanted or "/")
        return self._show(SignInForm(initial={"next": wanted}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form, at = SignInForm(request.POST), clock.now()
        if not form.is_valid():
            return self._show(form, status=422)
        given = form.cleaned_data
        try:
            user = passwords.prove(request, email=given["email"], password=given["password"], at=at)
        except passwords.Wrong:
            form.refuse()
            return self._show(form, status=422)
        except passwords.TooFast as too_fast:
            form.slow_down(too_fast.wait)
            return slow_down(self._show(form, status=429), too_fast.wait)
        kept = {"remember": given["remember"], "next": given["next"]}
        return signing_in.begin(request, user, how=How.PASSWORD, at=at, **kept)

    def _show(self, form: SignInForm, *, status: int = 200) -> HttpResponse:
        possible = passkeys.are_possible()
        return self.page("accounts/sign_in/show.html", form=form, passkeys=possible, status=status)

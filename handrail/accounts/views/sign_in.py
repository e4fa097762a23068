"""The sign-in page: address and password; the other ways in start here too."""

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from handrail.accounts import signing_in
from handrail.accounts.access import PublicView
from handrail.accounts.forms import SignInForm
from handrail.accounts.signing_in import How
from handrail.kit import clock


class SignInView(PublicView):
    """GET shows the page, POST takes an address and a password."""

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = signing_in.safe_path(request.GET.get("next", ""))
        if request.user.is_authenticated:
            return HttpResponseRedirect(wanted or "/")
        return self.page("accounts/sign_in/show.html", form=SignInForm(initial={"next": wanted}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SignInForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            user = authenticate(request, email=given["email"], password=given["password"])
            if user is not None:
                kept = {"remember": given["remember"], "next": given["next"]}
                return signing_in.begin(request, user, how=How.PASSWORD, at=clock.now(), **kept)
            form.refuse()
        return self.page("accounts/sign_in/show.html", form=form, status=422)

"""The page that stands before everything where the role demands a second factor."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from handrail.accounts import factors, passkeys, standing
from handrail.accounts.access import PrivateView


class FactorRequiredView(PrivateView):
    """GET offers the ways to set one up; who has one already proves it by signing in anew."""

    before_second_factor = True

    def get(self, request: HttpRequest) -> HttpResponse:
        if not standing.lacks_second_factor(self.user, request.session):
            return HttpResponseRedirect("/")
        if factors.has_second(self.user):
            logout(request)
            return self.go("accounts:sign-in")
        return self.page("accounts/factor_required/show.html", passkeys=passkeys.are_possible())

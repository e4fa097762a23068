"""Recovery codes: shown once, when they are made."""

from django.http import HttpRequest, HttpResponse

from handrail.accounts import factors
from handrail.accounts.access import PersonalView
from handrail.kit import clock


class RecoveryCodesView(PersonalView):
    """GET says what they are for, POST makes new ones and shows them this once."""

    returns_to = "accounts:recovery-codes"
    before_second_factor = True

    def get(self, request: HttpRequest) -> HttpResponse:
        if not factors.has_second(self.user):
            return self.go("accounts:security")
        return self.page("accounts/recovery_codes/show.html", left=factors.of(self.user).recovery_codes)

    def post(self, request: HttpRequest) -> HttpResponse:
        if not factors.has_second(self.user):
            return self.go("accounts:security")
        codes = factors.make_recovery_codes(self.user, at=clock.now())
        return self.page("accounts/recovery_codes/made.html", codes=codes)

"""The settings: every place one may visit, searchable."""

from django.http import HttpRequest, HttpResponse

from handrail.accounts.access import PrivateView


class SettingsView(PrivateView):
    """GET lists the places; on a phone it is the way to them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.user.is_customer:
            return self.go("accounts:security")
        return self.page("accounts/settings/show.html")

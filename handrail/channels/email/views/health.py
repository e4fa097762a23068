"""How mail is doing, on one page."""

from django.http import HttpRequest, HttpResponse

from handrail.accounts.access import PrivateView
from handrail.channels.email import overview
from handrail.kit import clock


class HealthView(PrivateView):
    """GET tells it line by line; each leads to where it is mended."""

    right = "mail.see_health"

    def get(self, request: HttpRequest) -> HttpResponse:
        lines = overview.lines(self.user, at=clock.now())
        return self.page("email/health/show.html", lines=lines, worst=overview.worst(lines))

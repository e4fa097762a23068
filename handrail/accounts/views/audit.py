"""The security audit, for those who may see it."""

from django.http import HttpRequest, HttpResponse

from handrail.accounts import queries
from handrail.accounts.access import PrivateView


class AuditView(PrivateView):
    """GET shows the newest entries, or those before a number, of one kind or about one person."""

    right = "audit.see"

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = queries.AuditQuestion.read(request.GET)
        return self.page("accounts/audit/list.html", asked=asked, found=queries.audit(self.user, asked))

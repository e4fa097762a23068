"""The organisations that people belong to."""

from django.http import HttpRequest, HttpResponse

from handrail.accounts.access import PrivateView
from handrail.customers.queries import organisations


class OrganisationsView(PrivateView):
    """A plain list with a search."""

    right = "customers.see"

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("q", "").strip()[:100]
        return self.page(
            "customers/organisations/list.html", rows=organisations(self.user, words=words), words=words
        )

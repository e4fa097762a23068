"""The organisations that people belong to."""

from django.http import HttpRequest, HttpResponse

from handrail.accounts.access import PrivateView
from handrail.customers.queries import organisations
from handrail.kit.text import storable


class OrganisationsView(PrivateView):
    """A plain list with a search."""

    right = "customers.see"

    def get(self, request: HttpRequest) -> HttpResponse:
        words = storable(request.GET.get("q", ""))[:100].strip()
        return self.page(
            "customers/organisations/list.html", rows=organisations(self.user, words=words), words=words
        )

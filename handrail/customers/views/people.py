"""Everybody who ever wrote, by name."""

from django.http import HttpRequest, HttpResponse

from handrail.accounts.access import PrivateView
from handrail.customers.queries import people_page
from handrail.kit.ids import uuid_or_none
from handrail.kit.text import storable


class PeopleView(PrivateView):
    """A list with a search; `?organisation=` narrows it to one."""

    right = "customers.see"

    def get(self, request: HttpRequest) -> HttpResponse:
        words, organisation = (
            storable(request.GET.get("q", ""))[:100].strip(),
            request.GET.get("organisation", ""),
        )
        page = people_page(
            self.user,
            words=words,
            organisation=uuid_or_none(organisation),
            after=request.GET.get("after", ""),
        )
        template = "customers/people/_rows.html" if "HX-Request" in request.headers else None
        return self.page(
            template or "customers/people/list.html", page=page, words=words, organisation=organisation
        )

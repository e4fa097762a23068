"""Colleagues who can be named in a note; the editor asks while somebody types @."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from handrail.kit.text import storable
from handrail.tickets import policies
from handrail.tickets.queries.choosing import colleagues_for
from handrail.tickets.views.base import TicketView

SHOWN = 8


class MentionsView(TicketView):
    """The one answer in JSON: the editor draws the list itself."""

    policy = policies.may_note

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        words = storable(request.GET.get("q", ""))[:50].strip()
        found = colleagues_for(self.ticket, agent=self.agent).filter(name__icontains=words)
        names = [{"id": str(key), "name": name} for key, name in found.values_list("pk", "name")[:SHOWN]]
        return JsonResponse(names, safe=False)

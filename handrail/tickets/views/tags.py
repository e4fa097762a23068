"""The tags of a ticket: get suggestions, post one, delete one."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.tickets import policies
from handrail.tickets.forms import TagForm
from handrail.tickets.models import Tag
from handrail.tickets.queries.choosing import tags_like
from handrail.tickets.views.base import TicketView


class TagsView(TicketView):
    """Doing it twice changes nothing."""

    policy = policies.may_change

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        if not self.wants_fragment:
            return self.whole_page()
        names = tags_like(request.GET.get("name", ""), agent=self.agent)
        return self.page("tickets/tags/_suggestions.html", ticket=self.ticket, names=names)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = TagForm(request.POST)
        try:
            if form.is_valid():
                self.ticket.tag(form.cleaned_data["name"], by=self.agent, at=clock.now())
                return self.panels()
        except Tag.Empty:
            pass  # said below, like every other name that is none
        return self.refused(_("A tag is one to fifty characters."), status=422)

    def delete(self, request: HttpRequest, number: int) -> HttpResponse:
        form = TagForm(self.given)
        if not form.is_valid():
            return self.refused(_("Which tag?"), status=422)
        self.ticket.untag(form.cleaned_data["name"], by=self.agent, at=clock.now())
        return self.panels()

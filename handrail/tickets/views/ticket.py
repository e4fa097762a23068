"""One ticket on a page of its own, and its panels for live updates."""

from django.http import HttpRequest, HttpResponse

from handrail.tickets.views.base import PageView


class ShowView(PageView):
    """The ticket: its head, timeline, composer and side."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        if self.wants_fragment:
            return self.page("tickets/ticket/_pane.html", opened=self.opened())
        return self.whole_page()


class PanelsView(PageView):
    """The panels that change while somebody looks; the composer is left alone."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        return self.panels() if self.wants_fragment else self.whole_page()

"""The changes of a ticket: get them, or the ticket as it was; delete one to put it back."""

from datetime import datetime
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.tickets import linking, undoing
from handrail.tickets.circles import Circular
from handrail.tickets.models import Ticket
from handrail.tickets.queries.changes import as_it_was, changes_of
from handrail.tickets.views.base import TicketView


class ChangeListView(TicketView):
    """What both share: the list."""

    def _page(self, *, trouble: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
        changes = changes_of(self.ticket)
        context = {"ticket": self.ticket, "changes": changes, "trouble": trouble}
        return self.page("tickets/changes/list.html", status=status, **context)


class ChangesView(ChangeListView):
    """Every change with what it was; whoever may do such a thing may put it back."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        return self._page()


class ChangeView(ChangeListView):
    """One of them."""

    def delete(self, request: HttpRequest, number: int, change_id: int) -> HttpResponse:
        try:
            undoing.revert(self.ticket, change_id, by=self.agent, at=clock.now())
        except undoing.NotRevertable:
            raise Http404 from None
        except (undoing.Superseded, Ticket.AlreadyThere, Ticket.OwnerChanged, linking.ToItself, Circular):
            return self._page(trouble=_("It is not so any more: something newer stands."), status=409)
        except (undoing.Gone, Ticket.NoSuchStatus):
            return self._page(trouble=_("What was there before is no more."), status=409)
        if self.given.get("on") == "timeline":
            return self.back()
        return self.go("tickets:changes", number=number)


class AsOfView(TicketView):
    """`on`: a moment by the reader's own clock; else now."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        on = self._moment(request.GET.get("on", ""))
        found = as_it_was(self.ticket, at=on)
        typed = timezone.localtime(on).strftime("%Y-%m-%dT%H:%M")
        return self.page("tickets/changes/as_of.html", ticket=self.ticket, was=found, on=on, typed=typed)

    def _moment(self, text: str) -> datetime:
        try:
            moment = parse_datetime(text[:32])
        except ValueError:
            moment = None
        if moment is None:
            return clock.now()
        return timezone.make_aware(moment) if timezone.is_naive(moment) else moment

"""The deletion of a ticket: post a reason to put it into the trash, delete to bring it back."""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import resolve, reverse
from django.urls.exceptions import Resolver404
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.tickets import policies
from handrail.tickets.forms import DeletionForm
from handrail.tickets.models import Ticket
from handrail.tickets.queries.trash import trashed
from handrail.tickets.reasons import DELETING
from handrail.tickets.views.base import TicketView

LISTS = ("workbench:inbox", "workbench:view", "workbench:search")


class DeletionView(TicketView):
    """GET asks why. What is posted here goes to the trash; the way back is offered where one lands."""

    policy = policies.may_delete

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        return self._ask()

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = DeletionForm(request.POST)
        if not form.is_valid():
            return self._ask(trouble=_("Say why."), status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            self.ticket.trash(by=self.agent, reason=form.cleaned_data["reason"], at=clock.now())
        except Ticket.AnswerOnItsWay:
            words = _("An answer has not left yet: take it back, or wait until it has left.")
            return self.refused(words)
        return self._on_to(form.cleaned_data["list"])

    def delete(self, request: HttpRequest, number: int) -> HttpResponse:
        try:
            self.ticket.restore(by=self.agent, at=clock.now())
        except Ticket.NotInTrash:
            raise Http404 from None
        return self.go_to(number)

    def visible(self) -> Ticket:
        """What is in the trash is seen only by who brings it back."""
        if self.request.method == "DELETE" or self.request.POST.get("_method") == "delete":
            if (found := trashed(self.number, agent=self.agent)) is None:
                raise Http404
            return found
        return super().visible()

    def _ask(self, *, trouble: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
        came_from = self.request.POST.get("list") or urlsplit(self.request.headers.get("Referer", "")).path
        context = {"ticket": self.ticket, "reasons": DELETING, "trouble": trouble}
        return self.page("tickets/deletion/edit.html", status=status, list=_list_of(came_from), **context)

    def _on_to(self, address: str) -> HttpResponse:
        """Back to the list in which it was opened, where the way back is offered."""
        return HttpResponseRedirect(f"{_list_of(address)}?deleted={self.number}", status=HTTPStatus.SEE_OTHER)


def _list_of(path: str) -> str:
    """The list beside which a ticket was open, or that list itself; else the trash."""
    try:
        found = resolve(path).view_name
    except Resolver404:
        return reverse("tickets:trash")
    if found == "workbench:ticket":
        return path.rpartition("/")[0]
    return path if found in LISTS else reverse("tickets:trash")

"""What all views of one ticket share: they load what this agent may see, and answer with its panels."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from handrail.team.access import AgentView
from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.models import Ticket
from handrail.tickets.queries.opened import Opened, opened, visible_ticket

#: Pages that show a ticket; a form posted without script returns to the one it came from.
SHOWING = ("/inbox/", "/tickets/")


class TicketView(AgentView):
    """Something of one ticket. policy: what the agent must be allowed to do with it, else a 403."""

    policy: ClassVar[Callable[[Agent], bool]] = policies.may_see
    ticket: Ticket

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            self.ticket = self.visible(kwargs["number"])
            if not type(self).policy(self.agent):
                raise PermissionDenied

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A plain form can only post: `_method` says when it means to delete."""
        if request.method == "POST" and request.POST.get("_method") == "delete":
            request.method = "DELETE"
        return super().dispatch(request, *args, **kwargs)

    def visible(self, number: int) -> Ticket:
        """The ticket with this number, if this agent may see it."""
        ticket = visible_ticket(number, agent=self.agent)
        if ticket is None:
            raise Http404
        return ticket

    @property
    def given(self) -> QueryDict:
        """What was sent: in the body, or in the address for a DELETE by script."""
        return self.request.POST or self.request.GET

    def opened(self) -> Opened:
        """The ticket with everything its page shows, as it is now.

        `from` names the first message on the screen, which stays there while new ones come.
        """
        start = uuid_or_none(self.request.POST.get("from") or self.request.GET.get("from", ""))
        reads_only = self.request.method in ("GET", "HEAD")
        ticket = self.ticket if reads_only else self.visible(self.ticket.number)
        return opened(ticket, agent=self.agent, start=start)

    def panels(self, *, status: int = HTTPStatus.OK, trouble: str = "", told: str = "") -> HttpResponse:
        """Every panel of the ticket as it is now, and perhaps a sentence; without script, the page."""
        if self.wants_fragment:
            return self.page(
                "tickets/ticket/_panels.html", status=status, opened=self.opened(), trouble=trouble, told=told
            )
        return self.whole_page(status=status, trouble=trouble) if trouble else self.back()

    def refused(self, trouble: str, *, status: int = HTTPStatus.CONFLICT) -> HttpResponse:
        """Say why it did not happen, beside the ticket as it is now."""
        return self.panels(status=status, trouble=trouble)

    def whole_page(self, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
        """The ticket on a page of its own."""
        context.setdefault("opened", self.opened())
        return self.page("tickets/ticket/show.html", status=status, **context)

    def back(self) -> HttpResponse:
        """Return to the page the form stood on, if that shows a ticket."""
        came_from = self.request.headers.get("Referer", "")
        ours = url_has_allowed_host_and_scheme(came_from, {self.request.get_host()})
        path = urlsplit(came_from).path
        if not (ours and path.startswith(SHOWING)):
            path = reverse("tickets:show", kwargs={"number": self.ticket.number})
        return HttpResponseRedirect(path, status=HTTPStatus.SEE_OTHER)


def uuid_or_none(text: str) -> UUID | None:
    """The id somebody sent, or None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None

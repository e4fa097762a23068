"""What all views of one ticket share: they load what this agent may see, and answer with its panels."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from handrail.accounts.access import take_as_meant
from handrail.kit.ids import uuid_or_none
from handrail.team.access import AgentView
from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.models import Ticket
from handrail.tickets.queries import Opened, opened, shown

#: Pages that show a ticket; a form posted without script returns to the one it came from.
SHOWING = ("/inbox/", "/tickets/")


class PageView(AgentView):
    """Shows one ticket, or a part of it; for views that only read."""

    number: int

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.number = kwargs["number"]

    def opened(self) -> Opened:
        """The ticket with everything its page shows, as it is now; 404 when this agent may not see it.

        `from` names the first message on the screen, which stays there while new ones come.
        """
        ticket = shown(self.number, agent=self.agent)
        if ticket is None:
            raise Http404
        start = uuid_or_none(self.request.POST.get("from") or self.request.GET.get("from", ""))
        return opened(ticket, agent=self.agent, start=start)

    def sees(self, ticket: Ticket) -> bool:
        """Whether this agent may see that ticket too."""
        return bool(Ticket.objects.visible_to(self.agent).filter(pk=ticket.pk).exists())

    def go_to(self, number: int, query: str = "") -> HttpResponse:
        """On to a ticket's own page."""
        path = reverse("tickets:show", kwargs={"number": number})
        return HttpResponseRedirect(f"{path}{query}", status=HTTPStatus.SEE_OTHER)

    def address(self, route: str, **kwargs: Any) -> str:
        """The address of something of this ticket."""
        return reverse(route, kwargs={"number": self.number, **kwargs})

    def panels(
        self, *, status: int = HTTPStatus.OK, trouble: str = "", told: str = "", undo: str = ""
    ) -> HttpResponse:
        """Every panel of the ticket as it is now, and perhaps a sentence; without script, the page.

        undo: an address that takes back what is told.
        """
        if self.wants_fragment:
            said = {"trouble": trouble, "told": told, "undo": undo}
            return self.page("tickets/ticket/_panels.html", status=status, opened=self.opened(), **said)
        return self.whole_page(status=status, trouble=trouble) if trouble else self.back()

    def whole_page(self, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
        """The ticket on a page of its own."""
        if "opened" not in context:
            context["opened"] = self.opened()
        return self.page("tickets/ticket/show.html", status=status, **context)

    def back(self) -> HttpResponse:
        """Return to the page the form stood on, if that shows a ticket."""
        came_from = self.request.headers.get("Referer", "")
        ours = url_has_allowed_host_and_scheme(came_from, {self.request.get_host()})
        path = urlsplit(came_from).path
        if not (ours and path.startswith(SHOWING)):
            path = reverse("tickets:show", kwargs={"number": self.number})
        return HttpResponseRedirect(path, status=HTTPStatus.SEE_OTHER)


class TicketView(PageView):
    """Something that is done to one ticket. policy: what the agent must be allowed to do, else a 403."""

    policy: ClassVar[Callable[[Agent], bool]] = policies.may_see
    #: Whether it can be done to a ticket that was merged into another.
    works_when_merged: ClassVar[bool] = False
    ticket: Ticket

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            self.ticket = self.visible()
            if not type(self).policy(self.agent):
                raise PermissionDenied

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        take_as_meant(request)
        if request.user.is_authenticated and self._came_too_late():
            return self.went_into(self.ticket.survivor())
        try:
            return super().dispatch(request, *args, **kwargs)
        except Ticket.WentInto:
            return self.went_into(self.visible().survivor())
        except Ticket.InTrash:
            raise Http404 from None
        except Ticket.HeldUp as held:
            return self.refused(_("Still open: %s.") % held.args[0])
        except Ticket.MoveForbidden as forbidden:
            return self.refused(_("Your role does not move this ticket to “%s”.") % forbidden.args[0])
        except Ticket.FieldsMissing as missing:
            labels = ", ".join(missing.args[0].values())
            return self.refused(_("Fill in first: %s") % labels, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def ask_why(self, *, reason: str, to: str = "") -> HttpResponse:
        """On to the page that asks why it ends although something is open; a script is told to go there."""
        known = {"reason": reason, "to": to} if to else {"reason": reason}
        address = f"{self.address('tickets:closure')}?{urlencode(known)}"
        if not self.wants_fragment:
            return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": address})

    def went_into(self, survivor: Ticket) -> HttpResponse:
        """It was merged meanwhile: nothing is done to it any more."""
        if self.sees(survivor):
            return self.refused(_("This ticket was merged into #%s.") % survivor.number)
        return self.refused(_("This ticket was merged into another one."))

    def _came_too_late(self) -> bool:
        writes = self.request.method not in ("GET", "HEAD", "OPTIONS")
        return writes and self.ticket.merged_into_id is not None and not type(self).works_when_merged

    def visible(self) -> Ticket:
        """The ticket as it is now, if this agent may see it."""
        ticket: Ticket | None = Ticket.objects.visible_to(self.agent).filter(number=self.number).first()
        if ticket is None:
            raise Http404
        return ticket

    @property
    def given(self) -> QueryDict:
        """What was sent: in the body, or in the address for a DELETE by script."""
        return self.request.POST or self.request.GET

    def refused(self, trouble: str, *, status: int = HTTPStatus.CONFLICT) -> HttpResponse:
        """Say why it did not happen, beside the ticket as it is now."""
        return self.panels(status=status, trouble=trouble)

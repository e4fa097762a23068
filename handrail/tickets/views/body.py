"""The html of a mail as a document of its own, for the sandboxed frame in the timeline."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from handrail.kit.html.rendering import nowhere
from handrail.tickets import picturing, sealing
from handrail.tickets.framing import framed
from handrail.tickets.models import Message
from handrail.tickets.views.base import TicketView
from handrail.ui.look import look_of


class BodyView(TicketView):
    """Only what came from outside has a body of its own; what colleagues wrote stands in the page.

    `?whole` folds nothing away.
    """

    def get(self, request: HttpRequest, number: int, message_id: UUID) -> HttpResponse:
        rows = Message.objects.filter(ticket=self.ticket, kind=Message.Kind.CUSTOMER)
        message = rows.exclude(html="").filter(pk=message_id).first()
        if message is None:
            raise Http404
        shown = picturing.are_shown(message, to=self.agent)
        parts = framed(
            message,
            viewer=self.user,
            address=picture_address(number),
            remote=picturing.addresses(message, viewer=self.user) if shown else nowhere,
            whole="whole" in request.GET,
        )
        nonce, theme = sealing.fresh_nonce(), look_of(request).theme
        page = self.page("tickets/mail/show.html", nonce=nonce, parts=parts, theme=theme)
        return sealing.sealed(page, nonce=nonce)


def picture_address(number: int) -> str:
    """Where a picture within a mail of this ticket is found, with TOKEN for its token."""
    return reverse("tickets:picture", kwargs={"number": number, "token": "TOKEN"})

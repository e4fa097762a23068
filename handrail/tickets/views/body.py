"""The html of a mail as a document of its own, for the sandboxed frame in the timeline."""

from secrets import token_urlsafe
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from handrail.tickets.framing import framed
from handrail.tickets.models import Message
from handrail.tickets.views.base import TicketView

#: The frame may show our pictures and its own style, open links in new windows, and nothing else.
POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'nonce-{nonce}'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)


class BodyView(TicketView):
    """Only what came from outside has a body of its own; what colleagues wrote stands in the page."""

    def get(self, request: HttpRequest, number: int, message_id: UUID) -> HttpResponse:
        rows = Message.objects.filter(ticket=self.ticket, kind=Message.Kind.CUSTOMER)
        message = rows.exclude(html="").filter(pk=message_id).first()
        if message is None:
            raise Http404
        nonce = token_urlsafe(18)
        parts = framed(message, viewer=self.user, address=self._picture_address())
        response = self.page("tickets/mail/show.html", nonce=nonce, parts=parts, message=message)
        response["Content-Security-Policy"] = POLICY.format(nonce=nonce)
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["Referrer-Policy"] = "no-referrer"
        return response

    def _picture_address(self) -> str:
        return reverse("tickets:picture", kwargs={"number": self.ticket.number, "token": "TOKEN"})

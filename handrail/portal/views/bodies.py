"""A mail with a look of its own, as a document for its sandboxed frame, and the pictures in it."""

from secrets import token_urlsafe
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from handrail.files import serving
from handrail.kit import clock
from handrail.portal import queries
from handrail.portal.access import RequestView
from handrail.tickets.framing import framed
from handrail.tickets.models import Message

#: The frame may show our pictures and its own style, open links in new windows, and nothing else.
POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'nonce-{nonce}'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)


class BodyView(RequestView):
    """GET answers what the customer mailed, as they mailed it. Our own answers stand in the page."""

    def get(self, request: HttpRequest, number: int, message_id: UUID) -> HttpResponse:
        message = queries.message_on(self.ticket, message_id, at=clock.now())
        if message is None or not message.html or message.kind != Message.Kind.CUSTOMER:
            raise Http404
        nonce = token_urlsafe(18)
        address = reverse("portal:picture", kwargs={"number": number, "token": "TOKEN"})
        parts = framed(message, viewer=self.user, address=address)
        response = self.page("tickets/mail/show.html", nonce=nonce, parts=parts)
        response["Content-Security-Policy"] = POLICY.format(nonce=nonce)
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["Referrer-Policy"] = "no-referrer"
        return response


class PictureView(RequestView):
    """GET answers a picture inside such a mail, by a link signed for this customer."""

    def get(self, request: HttpRequest, number: int, token: str) -> HttpResponseBase:
        stored_id = serving.unsign(token, for_user=self.user.pk)
        attachment = queries.picture_on(self.ticket, stored_id, at=clock.now())
        if attachment is None:
            raise Http404
        return serving.answer(attachment.stored, inline=True)

"""A mail with a look of its own, as a document for its sandboxed frame, and the pictures in it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from handrail.files import serving
from handrail.kit import clock
from handrail.portal import queries
from handrail.portal.access import RequestView
from handrail.tickets import sealing
from handrail.tickets.framing import framed
from handrail.tickets.models import Message
from handrail.ui.look import look_of


class BodyView(RequestView):
    """GET answers what the customer mailed, as they mailed it. Our own answers stand in the page."""

    def get(self, request: HttpRequest, number: int, message_id: UUID) -> HttpResponse:
        message = queries.message_on(self.ticket, message_id, at=clock.now())
        if message is None or not message.html or message.kind != Message.Kind.CUSTOMER:
            raise Http404
        nonce, theme = sealing.fresh_nonce(), look_of(request).theme
        address = reverse("portal:picture", kwargs={"number": number, "token": "TOKEN"})
        parts = framed(message, viewer=self.user, address=address)
        page = self.page("tickets/mail/show.html", nonce=nonce, parts=parts, theme=theme)
        return sealing.sealed(page, nonce=nonce)


class PictureView(RequestView):
    """GET answers a picture inside such a mail, by a link signed for this customer."""

    def get(self, request: HttpRequest, number: int, token: str) -> HttpResponseBase:
        stored_id = serving.unsign(token, for_user=self.user.pk)
        attachment = queries.picture_on(self.ticket, stored_id, at=clock.now())
        if attachment is None:
            raise Http404
        return serving.answer(attachment.stored, inline=True)

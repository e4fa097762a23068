"""Files on messages: downloads, and pictures inside a mail by a signed link."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase

from handrail.files import serving
from handrail.tickets.models import Attachment
from handrail.tickets.views.base import TicketView


class AttachmentView(TicketView):
    """A file of this ticket. `?inline` shows harmless pictures in the page; everything else is a download."""

    def get(self, request: HttpRequest, number: int, attachment_id: UUID) -> HttpResponseBase:
        rows = Attachment.objects.select_related("stored").filter(message__ticket=self.ticket)
        attachment = rows.filter(pk=attachment_id).first()
        if attachment is None:
            raise Http404
        return serving.answer(attachment.stored, inline="inline" in request.GET)


class PictureView(TicketView):
    """A picture of a mail of this ticket, by a link that is signed for this user and ends after an hour."""

    def get(self, request: HttpRequest, number: int, token: str) -> HttpResponseBase:
        stored_id = serving.unsign(token, for_user=self.user.pk)
        rows = Attachment.objects.select_related("stored").filter(message__ticket=self.ticket)
        attachment = rows.filter(stored=stored_id).first()
        if attachment is None:
            raise Http404
        return serving.answer(attachment.stored, inline=True)

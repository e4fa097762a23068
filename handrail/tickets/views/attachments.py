"""Files on messages: one or all, the beginning of a text, and pictures inside a mail by a signed link."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404

from handrail.files import bundling, reading, serving
from handrail.tickets.models import Attachment
from handrail.tickets.queries.message import files_of
from handrail.tickets.views.base import TicketView


class AttachmentView(TicketView):
    """A file of this ticket. `?inline` shows harmless pictures in the page; everything else is a download."""

    def get(self, request: HttpRequest, number: int, attachment_id: UUID) -> HttpResponseBase:
        rows = Attachment.objects.select_related("stored").filter(message__ticket=self.ticket)
        attachment = get_object_or_404(rows, pk=attachment_id)
        return serving.answer(attachment.stored, inline="inline" in request.GET)


class AttachmentTextView(TicketView):
    """The beginning of a text file, as words in our page: nothing of it runs, whatever it is."""

    def get(self, request: HttpRequest, number: int, attachment_id: UUID) -> HttpResponseBase:
        rows = Attachment.objects.select_related("stored").filter(message__ticket=self.ticket)
        attachment = get_object_or_404(rows, pk=attachment_id)
        beginning = reading.beginning_of(attachment.stored)
        if beginning is None:
            raise Http404
        template = "_text.html" if self.wants_fragment else "text.html"
        return self.page(
            f"tickets/attachments/{template}",
            ticket=self.ticket,
            attachment=attachment,
            file=attachment.stored,
            beginning=beginning,
        )


class AttachmentsView(TicketView):
    """All files of one message as a zip, those inside its text too."""

    def get(self, request: HttpRequest, number: int, message_id: UUID) -> HttpResponseBase:
        files = files_of(self.ticket, message_id)
        try:
            pieces = bundling.bundled(files)
        except bundling.TooLarge as refusal:
            raise Http404 from refusal
        if not files:
            raise Http404
        zipped = StreamingHttpResponse(pieces, content_type="application/zip")
        return serving.harmless(zipped, name=f"{number}.zip")


class PictureView(TicketView):
    """A picture of a mail of this ticket, by a link that is signed for this user and ends after an hour."""

    def get(self, request: HttpRequest, number: int, token: str) -> HttpResponseBase:
        stored_id = serving.unsign(token, for_user=self.user.pk)
        rows = Attachment.objects.select_related("stored").filter(message__ticket=self.ticket)
        attachment = rows.filter(stored=stored_id).first()
        if attachment is None:
            raise Http404
        return serving.answer(attachment.stored, inline=True)

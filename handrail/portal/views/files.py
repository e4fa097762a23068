"""A file on a message that the customer may read."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase

from handrail.files import serving
from handrail.kit import clock
from handrail.portal import queries
from handrail.portal.access import RequestView


class FileView(RequestView):
    """GET downloads it; `?inline` shows a harmless picture in the page."""

    def get(self, request: HttpRequest, number: int, attachment_id: UUID) -> HttpResponseBase:
        attachment = queries.attachment_on(self.ticket, attachment_id, at=clock.now())
        if attachment is None:
            raise Http404
        return serving.answer(attachment.stored, inline="inline" in request.GET)

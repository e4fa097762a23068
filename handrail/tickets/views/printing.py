"""A ticket, or one message of it, on paper: everything in one document that asks nobody for anything."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from handrail.kit.ids import uuid_or_none
from handrail.tickets import sealing
from handrail.tickets.queries.printing import sheet_of
from handrail.tickets.views.base import TicketView
from handrail.tickets.views.body import picture_address


class PrintView(TicketView):
    """GET answers the sheet; `?message=` only that message, `?notes` internal notes too."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        only: UUID | None = uuid_or_none(request.GET.get("message", ""))
        sheet = sheet_of(
            self.ticket,
            viewer=self.user,
            address=picture_address(number),
            only=only,
            with_notes="notes" in request.GET,
        )
        nonce = sealing.fresh_nonce()
        page = self.page("tickets/mail/print.html", ticket=self.ticket, sheet=sheet, nonce=nonce)
        return sealing.sealed(page, nonce=nonce, for_paper=True)

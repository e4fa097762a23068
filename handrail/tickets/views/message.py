"""One message on a page of its own: as it was sent, with all that is known about it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from handrail.tickets import asides, picturing
from handrail.tickets.queries.message import Whole, whole_message
from handrail.tickets.queries.reviews import review_of
from handrail.tickets.remarks import remarks_on
from handrail.tickets.views.base import TicketView

MOST_PIECES = 10_000


class MessageView(TicketView):
    """GET shows it; `?piece=2` the second part of a very long text."""

    def get(self, request: HttpRequest, number: int, message_id: UUID) -> HttpResponse:
        whole = self._whole(message_id, request.GET.get("piece", ""))
        return self.page(
            "tickets/message/show.html",
            ticket=self.ticket,
            whole=whole,
            links=asides.links_for(self.user, whole.message),
            panels=asides.panels_for(self.user, whole.message),
            told=remarks_on(whole.message.sender_state, whole.message.extras),
            review=review_of(whole.message) if whole.is_ours else None,
            pictures=whole.has_look and picturing.are_shown(whole.message, to=self.agent),
        )

    def _whole(self, message_id: UUID, piece: str) -> Whole:
        named = int(piece) if piece.isascii() and piece.isdigit() and len(piece) < 6 else 1
        whole = whole_message(self.ticket, message_id, piece=min(max(named, 1), MOST_PIECES))
        if whole is None:
            raise Http404
        return whole

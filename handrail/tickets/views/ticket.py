"""One ticket on a page of its own, and its panels for live updates."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from handrail.kit import clock
from handrail.kit.ids import uuid_or_none
from handrail.tickets.models import Message, Ticket
from handrail.tickets.queries.merging import merges_of_batch
from handrail.tickets.queries.splitting import standing_split
from handrail.tickets.queries.trash import trashed
from handrail.tickets.views.base import PageView


class ShowView(PageView):
    """The ticket: its head, timeline, composer and side."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        try:
            opened = self.opened()
        except Http404:
            if trashed(number, agent=self.agent):
                return self.go("tickets:trashed", number=number)
            raise
        if opened.ticket.status == Ticket.Status.MERGED:
            return self._lead_on(opened.ticket.id)
        if self.wants_fragment:
            return self.page("tickets/ticket/_pane.html", opened=opened)
        return self.whole_page(opened=opened, **self._ways_back())

    def _ways_back(self) -> dict[str, Any]:
        """After a merge or a split the address of the page names it."""
        batch = uuid_or_none(self.request.GET.get("merged", ""))
        split = uuid_or_none(self.request.GET.get("split", ""))
        merges = merges_of_batch(batch, agent=self.agent) if batch else []
        made = standing_split(split, part_number=self.number) if split else None
        sent = self._sent(self.request.GET.get("sent", ""))
        opening = {"sent": sent, "undo_seconds": _seconds_left(sent)}
        return {"batch": batch if merges else None, "merges": merges, "split": made, **opening}

    def _sent(self, key: str) -> Message | None:
        """Opened with a mail, the address of the page names it; nothing once it cannot be undone."""
        if (named := uuid_or_none(key)) is None:
            return None
        mine = Message.objects.filter(key=named, agent=self.agent, ticket__number=self.number)
        return mine.filter(due_at__gt=clock.now()).first()

    def _lead_on(self, ticket_id: UUID) -> HttpResponse:
        """To where its messages are now; where this agent may not see that, to what became of it."""
        survivor = Ticket.objects.visible_to(self.agent).get(pk=ticket_id).survivor()
        if self.sees(survivor):
            return self.go_to(survivor.number)
        return self.go("tickets:merge", number=self.number)


def _seconds_left(sent: Message | None) -> int:
    return max(int((sent.due_at - clock.now()).total_seconds()), 1) if sent and sent.due_at else 0


class PanelsView(PageView):
    """The panels that change while somebody looks; the composer is left alone."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        return self.panels() if self.wants_fragment else self.whole_page()

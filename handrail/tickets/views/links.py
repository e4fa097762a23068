"""The links of a ticket: get the panel or the page, post one, delete one; and solve many of them together."""

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.kit.ids import uuid_or_none
from handrail.tickets import linking, policies, solving_together
from handrail.tickets.circles import Circular
from handrail.tickets.drawing import drawn
from handrail.tickets.leaving import MustStay
from handrail.tickets.models import Link, Ticket
from handrail.tickets.queries.links import WORDS, graph_around, linked_to, live_ones, newest_on
from handrail.tickets.queries.merging import found_to_merge
from handrail.tickets.solving_together import Answer, Outcome
from handrail.tickets.views.base import TicketView

#: Who is solved together: by the way they are linked.
TOGETHER = {"duplicates": ("duplicated-by",), "parts": ("parent-of",)}


class LinksPanelView(TicketView):
    """What both share: the panel, and the page around it."""

    def _may(self) -> None:
        if not policies.may_link(self.agent):
            raise PermissionDenied

    def _named(self, words: str) -> Ticket | None:
        number = words.removeprefix("#")
        if not (number.isascii() and number.isdigit() and len(number) < 16):
            return None
        found: Ticket | None = Ticket.objects.visible_to(self.agent).filter(number=int(number)).first()
        return found

    def _answer(
        self, trouble: str = "", *, words: str = "", way: str = "", status: int = 200
    ) -> HttpResponse:
        """The panel for a script; for a browser the page, reached by another request when all went well."""
        if self.wants_fragment:
            return self._panel(trouble=trouble, words=words, way=way, status=status)
        if trouble:
            return self._page(trouble=trouble, words=words, way=way, status=status)
        return self.go("tickets:links", number=self.ticket.number)

    def _panel(self, *, trouble: str = "", words: str = "", way: str = "", status: int = 200) -> HttpResponse:
        return self.page("tickets/links/_panel.html", status=status, **self._context(trouble, words, way))

    def _page(self, *, trouble: str = "", words: str = "", way: str = "", status: int = 200) -> HttpResponse:
        drawing = drawn(graph_around(self.ticket, agent=self.agent))
        context = self._context(trouble, words or self.given.get("q", "").strip()[:100], way)
        return self.page("tickets/links/show.html", status=status, drawing=drawing, **context)

    def _context(self, trouble: str, words: str, way: str) -> dict[str, Any]:
        linked = linked_to(self.ticket, agent=self.agent)
        searched = words and self._named(words) is None
        there = [self.ticket.number, *(each.ticket.number for each in linked)]
        found = found_to_merge(words, agent=self.agent, apart_from=there) if searched else []
        together = {
            kind: len([each for each in linked if each.way in ways and not each.ticket.is_done])
            for kind, ways in TOGETHER.items()
        }
        return {
            "ticket": self.ticket,
            "linked": linked,
            "ways": WORDS,
            "way": way,
            "words": words,
            "found": found,
            "together": together,
            "trouble": trouble if not found else "",
            "may_link": policies.may_link(self.agent),
        }


class LinksView(LinksPanelView):
    """A number that names no ticket, and one of a ticket the agent may not see, get the same words."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        if self.ticket.merged_into_id:
            return self.go("tickets:merge", number=number)
        return self._panel() if self.wants_fragment else self._page()

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        self._may()
        way, words = request.POST.get("way", ""), request.POST.get("other", "").strip()
        if way not in linking.WAYS:
            return self._answer(_("Choose what they have to do with each other."), status=422)
        other = self._named(words)
        if other is None:
            return self._answer(_("There is no ticket of that number."), words=words, way=way, status=422)
        try:
            linking.link(self.ticket, other, way=way, by=self.agent, at=clock.now())
        except linking.ToItself:
            return self._answer(_("That is this ticket itself."), status=409)
        except Circular:
            return self._answer(_("That would close a circle: each would come before the other."), status=409)
        return self._answer()


class LinkView(LinksPanelView):
    """One of them."""

    def delete(self, request: HttpRequest, number: int, link_id: UUID) -> HttpResponse:
        self._may()
        try:
            way, other = linking.unlink(self.ticket, link_id, by=self.agent, at=clock.now())
        except Link.DoesNotExist:
            raise Http404 from None
        if not self.wants_fragment:
            return self.go("tickets:links", number=number)
        context = self._context("", "", "")
        return self.page("tickets/links/_panel.html", gone=other, gone_way=way, **context)


class TogetherView(TicketView):
    """Get what would be answered to whom; post solves those that are chosen, each by itself."""

    policy = policies.may_close

    def get(self, request: HttpRequest, number: int, kind: str) -> HttpResponse:
        tickets = live_ones(self.ticket, self._ways(kind), agent=self.agent)
        text = request.GET.get("text", "").strip()[:20_000]
        return self.page("tickets/links/together.html", kind=kind, text=text, **self._context(tickets))

    def post(self, request: HttpRequest, number: int, kind: str) -> HttpResponse:
        if not policies.may_reply(self.agent):
            raise PermissionDenied
        tickets = live_ones(self.ticket, self._ways(kind), agent=self.agent)
        answers = [answer for ticket in tickets if (answer := self._answer_to(ticket))]
        undo = timedelta(seconds=settings.UNDO_SECONDS)
        outcomes = solving_together.solve_each(
            answers, by=self.agent, reason=self._reason(kind), undo=undo, at=clock.now()
        )
        troubles = {each.number: _words_for(each) for each in outcomes if each.trouble}
        done = [each.number for each in outcomes if not each.trouble]
        left = live_ones(self.ticket, self._ways(kind), agent=self.agent)
        status = HTTPStatus.CONFLICT if troubles else HTTPStatus.OK
        context = {"kind": kind, "text": "", "done": done, "troubles": troubles, **self._context(left)}
        return self.page("tickets/links/together.html", status=status, **context)

    def _ways(self, kind: str) -> tuple[str, ...]:
        if kind not in TOGETHER:
            raise Http404
        return TOGETHER[kind]

    def _reason(self, kind: str) -> str:
        return "duplicate" if kind == "duplicates" else "solved"

    def _answer_to(self, ticket: Ticket) -> Answer | None:
        given, number = self.request.POST, ticket.number
        key, mode = uuid_or_none(given.get(f"key-{number}", "")), given.get(f"mode-{number}", "")
        text = given.get(f"text-{number}", "").strip()
        if f"take-{number}" not in given or key is None or mode not in ("reply", "note"):
            return None
        if mode == "reply" and not text:
            return None
        seen = uuid_or_none(given.get(f"seen-{number}", ""))
        return Answer(ticket=ticket, mode=mode, text=text, key=key, seen=seen)

    def _context(self, tickets: Sequence[Ticket]) -> dict[str, Any]:
        rows = [{"ticket": each, "key": uuid4(), "seen": newest_on(each)} for each in tickets]
        return {"ticket": self.ticket, "rows": rows}


def _words_for(outcome: Outcome) -> str:
    match outcome.trouble:
        case Ticket.NewerMessage():
            return _("They wrote meanwhile. Read it first.")
        case Ticket.NeedsReview():
            return _("A colleague reads your answers before they leave: answer it on its own page.")
        case MustStay():
            return str(outcome.trouble)
        case Ticket.AlreadyClosed():
            return _("Somebody was faster: it is solved already.")
        case Ticket.WentInto():
            return _("It was merged meanwhile.")
        case Ticket.HeldUp():
            return _("Still open: %s.") % str(outcome.trouble.args[0])
        case _:
            return _("Your role does not solve it from there.")

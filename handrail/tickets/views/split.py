"""Splitting a ticket: get to choose messages and files, post to split; a split: delete to take it back."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.kit.ids import uuid_or_none
from handrail.tickets import merging, policies, splitting
from handrail.tickets.circles import Circular
from handrail.tickets.models import Message, Ticket
from handrail.tickets.queries.choosing import teams_for
from handrail.tickets.queries.splitting import askers_on, pieces_of, split_of
from handrail.tickets.splitting import Part
from handrail.tickets.views.base import TicketView
from handrail.tickets.views.merge import words_for


class SplitView(TicketView):
    """Whoever asks on the new ticket took part in the old one."""

    policy = policies.may_merge

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        if self.ticket.merged_into_id:
            return self.go("tickets:merge", number=number)
        return self._choose()

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        part = self._part()
        if part is None:
            return self._choose(_("Choose who asks, and a team, from the lists."), status=422)
        try:
            made = splitting.split(self.ticket, part, by=self.agent, at=clock.now())
        except splitting.NothingChosen:
            return self._choose(_("Choose at least one message or file."), status=422)
        except splitting.NothingLeft:
            return self._choose(_("Leave at least one message here."), status=422)
        except Message.DoesNotExist:
            return self._choose(_("One of the messages lies elsewhere by now."), status=409)
        return self.go_to(made.part.number, f"?split={made.pk}")

    def _part(self) -> Part | None:
        given = self.request.POST
        askers = {address: name for name, address in askers_on(self.ticket)}
        team_id, address = uuid_or_none(given.get("team", "")), given.get("requester", "")
        team = teams_for(self.ticket, agent=self.agent).filter(pk=team_id).first() if team_id else None
        if address not in askers or (given.get("team") and team is None):
            return None
        return Part(
            messages=_uuids(given.getlist("message")),
            files=_uuids(given.getlist("file")),
            subject=given.get("subject", ""),
            requester=(askers[address], address),
            team=team,
        )

    def _choose(self, trouble: str = "", *, status: int = HTTPStatus.OK) -> HttpResponse:
        given = self.given
        return self.page(
            "tickets/split/edit.html",
            status=status,
            ticket=self.ticket,
            pieces=pieces_of(self.ticket),
            askers=askers_on(self.ticket),
            teams=teams_for(self.ticket, agent=self.agent),
            chosen={*given.getlist("message"), *given.getlist("file")},
            subject=given.get("subject", "") or self.ticket.subject,
            trouble=trouble,
        )


class SplitUndoView(TicketView):
    """What was split off this ticket, or the split by which it was made."""

    policy = policies.may_merge

    def delete(self, request: HttpRequest, number: int, split_id: UUID) -> HttpResponse:
        split = split_of(self.ticket, split_id)
        if split is None:
            raise Http404
        try:
            survivor = splitting.undo(split, by=self.agent, at=clock.now())
        except (merging.UndoneAlready, merging.WentOn, Circular) as refusal:
            return self.refused(words_for(refusal))
        except Ticket.DoesNotExist:
            raise Http404 from None
        return self.go_to(survivor.number)


def _uuids(texts: list[str]) -> list[UUID]:
    return [found for text in texts if (found := uuid_or_none(text))]

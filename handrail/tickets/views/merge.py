"""A ticket’s merge: get to choose what goes together, or where it went; post to merge, delete to undo."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.fields.checking import NotFitting
from handrail.kit import clock
from handrail.tickets import merging, policies
from handrail.tickets.circles import Circular
from handrail.tickets.models import Merge, Ticket
from handrail.tickets.queries import merging as queries
from handrail.tickets.taking_over import COLUMNS, is_field
from handrail.tickets.views.base import TicketView


class MergeView(TicketView):
    """A number that names no ticket, and one of a ticket the agent may not see, get the same words."""

    works_when_merged = True

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        if self.ticket.merged_into_id:
            return self._where_it_went()
        return self._choose()

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        self._may()
        tickets = self._chosen()
        if tickets is None:
            return self._choose(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        survivor = self._survivor(tickets)
        others = [ticket for ticket in tickets if ticket != survivor]
        try:
            made = merging.merge(
                others, into=survivor, by=self.agent, choices=self._choices(tickets), at=clock.now()
            )
        except (merging.OneAlready, merging.OtherBrand, Circular) as refusal:
            return self._choose(trouble=words_for(refusal), status=HTTPStatus.CONFLICT)
        except NotFitting as refusal:
            sentences = " ".join(map(str, refusal.args[0].values()))
            return self._choose(trouble=sentences, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        except Ticket.DoesNotExist:
            raise Http404 from None
        return self.go_to(made[0].survivor.number, f"?merged={made[0].batch}")

    def delete(self, request: HttpRequest, number: int) -> HttpResponse:
        self._may()
        merge = queries.standing_merge_of(self.ticket)
        if merge is None:
            return self.refused(words_for(merging.UndoneAlready()))
        try:
            merging.undo(merge, by=self.agent, at=clock.now())
        except (merging.UndoneAlready, merging.WentOn, merging.PartOfIt) as refusal:
            return self._where_it_went(trouble=words_for(refusal), status=HTTPStatus.CONFLICT)
        except Ticket.DoesNotExist:
            raise Http404 from None
        return self.go_to(number)

    def _may(self) -> None:
        if not policies.may_merge(self.agent):
            raise PermissionDenied

    def _choose(self, *, trouble: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
        self._may()
        tickets = self._chosen()
        missing = tickets is None
        tickets = tickets or [self.ticket]
        survivor = self._survivor(tickets)
        others = [ticket for ticket in tickets if ticket != survivor]
        words = self.given.get("q", "").strip()[:100]
        there = [ticket.number for ticket in tickets]
        if missing:
            trouble = _("There is no ticket of that number.")
        return self.page(
            "tickets/merge/edit.html",
            status=status,
            ticket=self.ticket,
            preview=queries.preview_of(survivor, others, agent=self.agent),
            trouble=trouble,
            words=words,
            found=queries.found_to_merge(words, agent=self.agent, apart_from=there) if words else [],
            others_of_them=queries.of_the_same_customer(self.ticket, agent=self.agent, apart_from=there),
            there=there,
        )

    def _where_it_went(self, *, trouble: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
        survivor = self.ticket.survivor()
        seen = Ticket.objects.visible_to(self.agent).filter(pk=survivor.pk).exists()
        return self.page(
            "tickets/merge/show.html",
            status=status,
            ticket=self.ticket,
            merge=queries.standing_merge_of(self.ticket),
            survivor=survivor if seen else None,
            messages=queries.messages_on(self.ticket),
            may_undo=seen and policies.may_merge(self.agent),
            trouble=trouble,
        )

    def _chosen(self) -> list[Ticket] | None:
        """This ticket and those that are named; None when one of them is none for this agent."""
        named = [part for field in self.given.getlist("with") for part in field.replace("#", "").split()]
        numbers = [int(part) for part in named if part.isascii() and part.isdigit() and len(part) < 16]
        rows = Ticket.objects.visible_to(self.agent).filter(number__in=[self.number, *numbers])
        rows = rows.select_related("requester", "owner", "team").order_by("number")[: merging.AT_ONCE]
        found = list(dict.fromkeys(ticket.survivor() for ticket in rows))
        return None if len(rows) < len({self.number, *numbers}) or len(numbers) < len(named) else found

    def _survivor(self, tickets: Sequence[Ticket]) -> Ticket:
        """The one that was chosen; else this one."""
        wanted = self.given.get("into", "")
        chosen = next((ticket for ticket in tickets if str(ticket.number) == wanted), None)
        return chosen or next((each for each in tickets if each.number == self.number), tickets[0])

    def _choices(self, tickets: Sequence[Ticket]) -> merging.Choices:
        by_number = {str(ticket.number): ticket.pk for ticket in tickets}
        kept = {
            key.removeprefix("keep-"): number for key, number in self.given.items() if key.startswith("keep-")
        }
        asked = {name: by_number.get(str(kept[name])) for name in kept if name in COLUMNS or is_field(name)}
        columns = {name: ticket_id for name, ticket_id in asked.items() if ticket_id}
        return merging.Choices(columns=columns, seats=self.given.getlist("seat"))


class MergesView(TicketView):
    """Everything that was merged at once: delete takes it back."""

    policy = policies.may_merge

    def delete(self, request: HttpRequest, number: int, batch: UUID) -> HttpResponse:
        if not Merge.objects.filter(batch=batch, survivor=self.ticket).exists():
            raise Http404
        try:
            merging.undo_batch(batch, by=self.agent, at=clock.now())
        except (merging.UndoneAlready, merging.WentOn, merging.PartOfIt) as refusal:
            return self.refused(words_for(refusal))
        except Ticket.DoesNotExist:
            raise Http404 from None
        return self.panels(told=_("Taken back: they are tickets of their own again."))


def words_for(refusal: Exception) -> str:
    """Why it did not happen, as people read it."""
    match refusal:
        case merging.OneAlready():
            return _("They are one ticket already.")
        case merging.OtherBrand():
            return _("Tickets of different brands stay apart.")
        case merging.UndoneAlready():
            return _("Somebody was faster and took it back.")
        case merging.PartOfIt():
            return _("It had been split off, and that was taken back. Split it off again instead.")
        case merging.WentOn():
            number = refusal.args[0]
            return _("It went on into #%(number)s. Take that back first.") % {"number": number}
        case _:
            number = refusal.args[0]
            words = _(
                "#%(number)s stands between them: one waits for it, and it for the other. Unlink it first."
            )
            return words % {"number": number}

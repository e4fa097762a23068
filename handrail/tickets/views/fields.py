"""The custom fields of a ticket: get the form, post what was filled in; with `preview` only judge it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.fields.checking import Checked, NotFitting, checked
from handrail.fields.field import Noun
from handrail.fields.nouns import finder
from handrail.fields.posted import cells_of, given_in
from handrail.fields.queries import Setup, setup_of
from handrail.kit import clock
from handrail.tickets import policies, stages
from handrail.tickets.circumstances import circumstances_of
from handrail.tickets.views.base import TicketView


class FieldsView(TicketView):
    """The page asks with every change what its form is now; it knows no rule itself."""

    policy = policies.may_change

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        return self._form({}, {})

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        setup = setup_of(Noun.TICKET)
        given = given_in(request.POST, setup.live)
        if "preview" in request.POST:
            return self._form(given, {}, fragment="fields/_form.html")
        try:
            self.ticket.fill(given, by=self.agent, at=clock.now())
        except NotFitting as refusal:
            return self._form(given, refusal.problems, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if not self.wants_fragment:
            return self.go_to(self.number)
        return self.panels(told=_("Saved."))

    def _form(
        self,
        given: dict[str, object],
        problems: dict[str, str],
        *,
        fragment: str = "",
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        would = self._would_be(setup_of(Noun.TICKET), given)
        cells = cells_of(would.form, typed=given, problems=problems, viewer=self.agent.user)
        whole = "tickets/fields/_edit.html" if self.wants_fragment else "tickets/fields/edit.html"
        return self.page(
            fragment or whole,
            ticket=self.ticket,
            cells=cells,
            form_id=f"ticket-{self.ticket.number}-form",
            preview=self.request.path,
            problems=problems,
            status=status,
        )

    def _would_be(self, setup: Setup, given: dict[str, object]) -> Checked:
        stage = stages.stages().of(self.ticket.status, self.ticket.stage_id)
        return checked(
            setup.fields,
            setup.rules,
            now=self.ticket.fields,
            wanted=given,
            circumstances=circumstances_of(self.ticket, stage, by=self.agent),
            find=finder(self.agent.user),
        )

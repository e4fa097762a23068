"""The macros of a ticket: get those that can be used, get one laid out, post one to do what it does."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.kit.text import storable
from handrail.tickets import policies
from handrail.tickets.doing import HeldUp, Unfit
from handrail.tickets.forms import MacroUseForm
from handrail.tickets.macros.applying import use
from handrail.tickets.macros.choosing import macro_for, macros_for, use_from
from handrail.tickets.macros.laying_out import Layout, laid_out
from handrail.tickets.models import Draft
from handrail.tickets.views.base import TicketView

#: In front of the names whose values somebody gives.
ANSWER = "value."
#: Why something is done all the same is no longer.
LONGEST_WHY = 200


class MacrosView(TicketView):
    """`?q=` looks in names and words."""

    policy = policies.may_write

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        words = storable(request.GET.get("q", ""))[:100].strip()
        macros = macros_for(self.ticket, agent=self.agent, words=words, at=clock.now())
        template = "tickets/macros/_offered.html" if self.wants_fragment else "tickets/macros/offered.html"
        return self.page(template, ticket=self.ticket, macros=macros, words=words)


class MacroView(TicketView):
    """What it says and changes here; a macro without words can be done at once."""

    policy = policies.may_write

    def get(self, request: HttpRequest, number: int, macro_id: UUID) -> HttpResponse:
        return self._show(self._layout(macro_id))

    def post(self, request: HttpRequest, number: int, macro_id: UUID) -> HttpResponse:
        layout = self._layout(macro_id)
        if layout.text:
            return self.refused(_("This macro has words: put them into your answer first."))
        despite = storable(request.POST.get("despite", "")).strip()[:LONGEST_WHY]
        using = use_from(layout.macro, layout.steps, despite=despite)
        try:
            use(self.ticket, using, by=self.agent, at=clock.now())
        except HeldUp as held:
            if layout.may_override:
                return self._show(layout, held=held.what, status=HTTPStatus.UNPROCESSABLE_ENTITY)
            return self.refused(str(held))
        except Unfit as unfit:
            return self.refused(str(unfit))
        return self.panels(told=_("Done: %(macro)s") % {"macro": layout.macro.name})

    def _layout(self, macro_id: UUID) -> Layout:
        at = clock.now()
        macro = macro_for(self.ticket, macro_id, agent=self.agent, at=at)
        if macro is None:
            raise Http404
        return laid_out(macro, self.ticket, by=self.agent, answers=answers_in(self.given), at=at)

    def _show(self, layout: Layout, *, held: str = "", status: int = 200) -> HttpResponse:
        template = "tickets/macros/_layout.html" if self.wants_fragment else "tickets/macros/layout.html"
        held = held or layout.held_up()
        return self.page(template, status=status, ticket=self.ticket, layout=layout, held=held)


class DraftMacroView(MacroView):
    """The macro that goes with what an agent writes: post to take one, delete to let it go.

    A script gets the words to put where the caret stands; without one they are added to the draft.
    """

    def post(self, request: HttpRequest, number: int, macro_id: UUID) -> HttpResponse:
        layout, form = self._layout(macro_id), MacroUseForm(request.GET)
        if layout.missing:
            return self._show(layout, status=422)
        struck = form.cleaned_data["struck"] if form.is_valid() else []
        draft = Draft.take_macro(
            ticket_id=self.ticket.pk, by=self.agent, macro=layout.macro, struck=struck, at=clock.now()
        )
        if self.wants_fragment:
            begun = "begun" in request.GET
            return self.page(
                "tickets/macros/_taken.html", ticket=self.ticket, layout=layout, struck=struck, begun=begun
            )
        draft.add_words(text=layout.text, html=layout.html, mode=layout.macro.mode, at=clock.now())
        return self.back()

    def delete(self, request: HttpRequest, number: int, macro_id: UUID) -> HttpResponse:
        Draft.take_macro(ticket_id=self.ticket.pk, by=self.agent, macro=None, at=clock.now())
        if not self.wants_fragment:
            return self.back()
        return self.page("tickets/macros/_taken.html", ticket=self.ticket, layout=None)


def answers_in(given: object) -> dict[str, str]:
    """What somebody typed for names without a value, by name."""
    items = given.items() if hasattr(given, "items") else ()
    return {name.removeprefix(ANSWER): text for name, text in items if name.startswith(ANSWER)}

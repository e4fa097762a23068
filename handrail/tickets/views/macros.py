"""The macros of a ticket: get those that can be used, get one laid out, post one to do what it does."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.kit.ids import uuid_or_none
from handrail.kit.text import storable
from handrail.tickets import policies, sharing
from handrail.tickets.doing import HeldUp, Unfit
from handrail.tickets.forms import MacroUseForm
from handrail.tickets.macros.applying import use
from handrail.tickets.macros.choosing import macro_for, macros_for, use_from
from handrail.tickets.macros.laying_out import Layout, laid_out
from handrail.tickets.models import Draft, SharedDraft
from handrail.tickets.models.macro import Macro
from handrail.tickets.queries.drafting import shared_draft
from handrail.tickets.views.base import TicketView

#: In front of the names whose values somebody gives.
ANSWER = "value."
#: Why something is done all the same is no longer.
LONGEST_WHY = 200


class ForADraftView(TicketView):
    """`?shared=`: of the shared draft of that id; else of one's own."""

    policy = policies.may_write

    @cached_property
    def shared(self) -> SharedDraft | None:
        """Raises Http404 where it is not there any more."""
        if "shared" not in self.request.GET:
            return None
        key = uuid_or_none(self.request.GET["shared"])
        found = shared_draft(self.number, key) if key else None
        if found is None:
            raise Http404
        return found


class MacrosView(ForADraftView):
    """`?q=` looks in names and words. A shared draft takes the words of its own kind only."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        words = storable(request.GET.get("q", ""))[:100].strip()
        macros = macros_for(self.ticket, agent=self.agent, words=words, at=clock.now())
        if self.shared:
            macros = [macro for macro in macros if fits_into(self.shared, macro)]
        template = "tickets/macros/_offered.html" if self.wants_fragment else "tickets/macros/offered.html"
        return self.page(template, ticket=self.ticket, macros=macros, words=words, shared=self.shared)


class MacroView(ForADraftView):
    """What it says and changes here; a macro without words can be done at once."""

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
        return self.page(
            template, status=status, ticket=self.ticket, layout=layout, held=held, shared=self.shared
        )


class DraftMacroView(MacroView):
    """The macro that goes with what an agent writes: post to take one, delete to let it go.

    A script gets the words to put where the caret stands; without one they are added to the draft.
    """

    def post(self, request: HttpRequest, number: int, macro_id: UUID) -> HttpResponse:
        layout, form = self._layout(macro_id), MacroUseForm(request.GET)
        if layout.missing:
            return self._show(layout, status=422)
        if self.shared and not fits_into(self.shared, layout.macro):
            raise Http404
        struck = form.cleaned_data["struck"] if form.is_valid() else []
        draft = self._take(layout.macro, struck)
        if self.wants_fragment:
            return self._taken(layout, struck=struck, begun="begun" in request.GET)
        if draft:
            draft.add_words(text=layout.text, html=layout.html, mode=layout.macro.mode, at=clock.now())
        return self.back()

    def delete(self, request: HttpRequest, number: int, macro_id: UUID) -> HttpResponse:
        self._take(None)
        return self._taken(None) if self.wants_fragment else self.back()

    def _take(self, macro: Macro | None, struck: Sequence[int] = ()) -> Draft | None:
        """One's own draft, where it is that which carries the macro now."""
        if self.shared:
            sharing.take_macro(self.shared.pk, macro, struck=struck, by=self.agent)
            return None
        at, key = clock.now(), self.ticket.pk
        return Draft.take_macro(ticket_id=key, by=self.agent, macro=macro, struck=struck, at=at)

    def _taken(self, layout: Layout | None, **context: Any) -> HttpResponse:
        given = {"ticket": self.ticket, "layout": layout, "shared": self.shared} | context
        return self.page("tickets/macros/_taken.html", **given)


def fits_into(draft: SharedDraft, macro: Macro) -> bool:
    """What only colleagues may read is never put into an answer, nor the other way round."""
    return macro.mode == draft.mode or not macro.texts.all()


def answers_in(given: object) -> dict[str, str]:
    """What somebody typed for names without a value, by name."""
    items = given.items() if hasattr(given, "items") else ()
    return {name.removeprefix(ANSWER): text for name, text in items if name.startswith(ANSWER)}

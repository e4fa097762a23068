"""The checklists of a ticket: get what can be put on, post one; and one of them: rename it, take it off."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.kit.ids import uuid_or_none
from handrail.tickets import policies
from handrail.tickets.checklists import putting, writing
from handrail.tickets.checklists.forms import NewTaskForm, TitleForm
from handrail.tickets.checklists.holding import Gone, TooMany
from handrail.tickets.checklists.queries import checklists_on, templates_for
from handrail.tickets.checklists.referring import Circular, ToItself
from handrail.tickets.checklists.writing import Wanted
from handrail.tickets.models import Checklist
from handrail.tickets.views.base import TicketView


class OnListView(TicketView):
    """What is done to checklists and tasks; without script it leads to the page of all of them."""

    def back(self) -> HttpResponse:
        """Where a form stood on a page for one thing alone, that thing may be gone."""
        came_from = urlsplit(self.request.headers.get("Referer", "")).path
        if came_from.startswith((self.address("tickets:checklists"), f"/tickets/{self.number}/tasks/")):
            return self.go("tickets:checklists", number=self.number)
        return super().back()


class ChecklistsView(OnListView):
    """A ready one with one press, or an empty one with a name. Whoever sees the ticket may look."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        if self.ticket.merged_into_id:
            return self.go("tickets:merge", number=number)
        return self._offer()

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        if not policies.may_change(self.agent):
            raise PermissionDenied
        template_id, at = uuid_or_none(request.POST.get("template", "")), clock.now()
        template = templates_for(self.agent).filter(pk=template_id).first() if template_id else None
        form = TitleForm(request.POST)
        if template is None and not form.is_valid():
            return self._offer(_("Choose a checklist, or give a new one a name."), status=422)
        try:
            if template:
                putting.put(self.ticket, template, by=self.agent, at=at)
            else:
                putting.add(self.ticket, title=form.cleaned_data["title"], by=self.agent, at=at)
        except TooMany:
            return self._offer(_("There are enough checklists on it."), status=409)
        return self.panels()

    def _offer(self, trouble: str = "", *, status: int = 200) -> HttpResponse:
        given: dict[str, Any] = {
            "ticket": self.ticket,
            "templates": templates_for(self.agent),
            "may_change": policies.may_change(self.agent),
            "trouble": trouble,
        }
        if self.wants_fragment:
            return self.page("tickets/checklists/_new.html", status=status, **given)
        listed = checklists_on(self.ticket.pk, agent=self.agent)
        return self.page("tickets/checklists/show.html", status=status, checklists=listed, **given)


class OneChecklistView(OnListView):
    """Loads the checklist of the address; what was taken off counts only where it is put back."""

    policy = policies.may_change
    checklist: Checklist

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            self.checklist = self._load(kwargs["checklist_id"])

    def _load(self, checklist_id: UUID) -> Checklist:
        seen = Checklist.objects.visible_to(self.agent).select_related("ticket")
        found = seen.filter(ticket=self.ticket, pk=checklist_id).first()
        if found is None:
            raise Http404
        return found


class ChecklistView(OneChecklistView):
    """GET shows its name to change, POST changes it, DELETE takes it off; the answer has the way back."""

    def get(self, request: HttpRequest, number: int, checklist_id: UUID) -> HttpResponse:
        page = "tickets/checklists/_name.html" if self.wants_fragment else "tickets/checklists/name.html"
        return self.page(page, ticket=self.ticket, checklist=self.checklist)

    def post(self, request: HttpRequest, number: int, checklist_id: UUID) -> HttpResponse:
        form = TitleForm(request.POST)
        if not form.is_valid():
            return self.refused(_("Give it a name."), status=422)
        try:
            putting.rename(self.checklist, form.cleaned_data["title"], by=self.agent, at=clock.now())
        except Gone:
            return self.refused(_("Somebody took it off meanwhile."))
        return self.panels()

    def delete(self, request: HttpRequest, number: int, checklist_id: UUID) -> HttpResponse:
        try:
            putting.remove(self.checklist, by=self.agent, at=clock.now())
        except Gone:
            return self.refused(_("Somebody took it off meanwhile."))
        undo = self.address("tickets:checklist-return", checklist_id=checklist_id)
        return self.panels(told=_("The checklist is gone."), undo=undo)


class ChecklistReturnView(OneChecklistView):
    """POST puts back what was taken off."""

    def post(self, request: HttpRequest, number: int, checklist_id: UUID) -> HttpResponse:
        try:
            putting.put_back(self.checklist, by=self.agent, at=clock.now())
        except Gone:
            return self.refused(_("It is there already."))
        return self.panels()


class TasksView(OneChecklistView):
    """POST writes one more task."""

    def post(self, request: HttpRequest, number: int, checklist_id: UUID) -> HttpResponse:
        form = NewTaskForm(request.POST)
        if not form.is_valid():
            return self.refused(_("Write what is to do."), status=422)
        try:
            writing.write(
                self.checklist, Wanted(text=form.cleaned_data["text"]), by=self.agent, at=clock.now()
            )
        except Gone:
            return self.refused(_("Somebody took it off meanwhile."))
        except writing.Wordless:
            return self.refused(_("Write what is to do."), status=422)
        except TooMany as most:
            return self.refused(_("A checklist has %s tasks at most.") % most.args[0])
        except ToItself:
            return self.refused(_("That is this ticket itself."))
        except Circular:
            return self.refused(_("That ticket waits for this one already."))
        return self.panels()

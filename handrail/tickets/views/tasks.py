"""One task of a ticket: look at it, change, tick, move, take off and put back, make a ticket of it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.fields.checking import NotFitting
from handrail.kit import clock
from handrail.kit.ids import uuid_or_none
from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.checklists import dues, making, ticking, writing
from handrail.tickets.checklists.forms import TaskForm
from handrail.tickets.checklists.holding import Gone
from handrail.tickets.checklists.queries import COUNTED, count_of, due_task, task_seen
from handrail.tickets.checklists.writing import Wanted
from handrail.tickets.models import Task
from handrail.tickets.queries.choosing import colleagues_for
from handrail.tickets.views.checklists import OnListView


class OneTaskView(OnListView):
    """Loads the task of the address."""

    policy = policies.may_change
    task: Task

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            self.task = self._load(kwargs["task_id"])

    def _load(self, task_id: UUID) -> Task:
        seen = Task.objects.visible_to(self.agent).select_related("checklist__ticket", "owner")
        found = seen.filter(checklist__ticket=self.ticket, pk=task_id).first()
        if found is None:
            raise Http404
        return found

    def gone(self) -> HttpResponse:
        """Somebody was faster."""
        return self.refused(_("Somebody took it off meanwhile."))


class TaskView(OneTaskView):
    """GET shows everything about it, POST changes that, DELETE takes it off; the answer has the way back."""

    def get(self, request: HttpRequest, number: int, task_id: UUID) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest, number: int, task_id: UUID) -> HttpResponse:
        form = TaskForm(request.POST)
        if not form.is_valid():
            return self._show(str(next(iter(form.errors.values()))[0]), status=422)
        given, owner_id = form.cleaned_data, form.cleaned_data["owner"]
        owner = self._colleagues.filter(pk=owner_id).first() if owner_id else None
        if owner_id and owner is None and owner_id != self.task.owner_id:
            return self._show(_("Choose somebody from the list."), status=422)
        wanted = Wanted(
            text=given["text"],
            required=given["required"],
            owner=owner or (self.task.owner if owner_id else None),
            due_at=given["due_at"],
        )
        return self._change(wanted)

    def delete(self, request: HttpRequest, number: int, task_id: UUID) -> HttpResponse:
        try:
            writing.remove(self.task, by=self.agent, at=clock.now())
        except Gone:
            return self.gone()
        undo = self.address("tickets:task-return", task_id=task_id)
        return self.panels(told=_("The task is gone."), undo=undo)

    def _change(self, wanted: Wanted) -> HttpResponse:
        try:
            writing.change(self.task, wanted, by=self.agent, at=clock.now())
        except Gone:
            return self.gone()
        except writing.Wordless:
            return self._show(_("Write what is to do."), status=422)
        except writing.CannotSee as cannot:
            return self._show(_("%s does not see this ticket.") % cannot.args[0], status=409)
        return self.panels()

    def _owners(self) -> list[tuple[str, str]]:
        """Nobody, whose it is, and everybody else who could do it."""
        known = {str(key): name for key, name in self._colleagues.values_list("pk", "name")}
        if self.task.owner:
            known.setdefault(str(self.task.owner_id), self.task.owner.name)
        return [("", _("Nobody in particular")), *known.items()]

    @property
    def _colleagues(self) -> "QuerySet[Agent]":
        return colleagues_for(self.ticket, agent=self.agent)

    def _show(self, trouble: str = "", *, status: int = 200) -> HttpResponse:
        item = task_seen(self.ticket, self.task.pk, agent=self.agent)
        if item is None:
            raise Http404
        page = "tickets/tasks/_edit.html" if self.wants_fragment else "tickets/tasks/edit.html"
        return self.page(
            page,
            status=status,
            ticket=self.ticket,
            item=item,
            owners=self._owners(),
            typed=dues.typed(item.due_at),
            may_make=policies.may_open(self.agent) and policies.may_link(self.agent),
            trouble=trouble,
        )


class TaskReturnView(OneTaskView):
    """POST puts back what was taken off."""

    def post(self, request: HttpRequest, number: int, task_id: UUID) -> HttpResponse:
        try:
            writing.put_back(self.task, by=self.agent, at=clock.now())
        except Gone:
            return self.refused(_("It is there already."))
        return self.panels()


class TaskPlaceView(OneTaskView):
    """POST `to`: up or down, one place; or `before`: another task, or empty for the end."""

    def post(self, request: HttpRequest, number: int, task_id: UUID) -> HttpResponse:
        try:
            if "before" in request.POST:
                writing.put_before(self.task, self._other(), by=self.agent, at=clock.now())
            else:
                writing.shift(self.task, up=request.POST.get("to") == "up", by=self.agent, at=clock.now())
        except Gone:
            return self.gone()
        return self.panels()

    def _other(self) -> Task | None:
        """The one it comes before. Raises Gone."""
        named = self.request.POST["before"]
        if not named:
            return None
        key, seen = uuid_or_none(named), Task.objects.visible_to(self.agent)
        found = seen.filter(checklist=self.task.checklist_id, pk=key).first() if key else None
        if found is None:
            raise Gone
        return found


class TaskTicketView(OneTaskView):
    """POST makes a ticket of it."""

    def post(self, request: HttpRequest, number: int, task_id: UUID) -> HttpResponse:
        try:
            part = making.make_ticket(self.task, by=self.agent, at=clock.now())
        except Gone:
            return self.gone()
        except ticking.SoAlready:
            return self.refused(_("It is done, or a ticket already."))
        except NotFitting:
            return self.refused(_("New tickets need fields that nobody can guess. Open one by hand."))
        return self.panels(told=_("It is #%s now.") % part.number)


class TickView(OneTaskView):
    """POST ticks it off, DELETE opens it again: whose it is, and who may change the ticket."""

    policy = policies.may_see

    def post(self, request: HttpRequest, number: int, task_id: UUID) -> HttpResponse:
        return self._turn(done=True)

    def delete(self, request: HttpRequest, number: int, task_id: UUID) -> HttpResponse:
        return self._turn(done=False)

    def _turn(self, *, done: bool) -> HttpResponse:
        verb = ticking.tick if done else ticking.untick
        try:
            verb(self.task, by=self.agent, at=clock.now())
        except ticking.IsTicket:
            return self.refused(_("It is done with the end of its ticket."))
        except ticking.SoAlready:
            if not self.in_list:
                return self.refused(_("Somebody was faster."))
        return self._row() if self.in_list else self.panels()

    @property
    def in_list(self) -> bool:
        """Whether it was pressed on the page of tasks."""
        return self.given.get("list") == "on"

    def _row(self) -> HttpResponse:
        if not self.wants_fragment:
            return self.go("tickets:tasks")
        due = due_task(self.ticket, self.task.pk, agent=self.agent)
        if due is None:
            raise Http404
        number: dict[str, Any] = {"mine": count_of(self.agent), "counted": COUNTED, "user_id": self.user.pk}
        return self.page("tickets/tasks/_ticked.html", due=due, **number)

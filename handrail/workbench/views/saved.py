"""Saved views: all of them, a new one, one to change, to copy, to delete and to bring back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.search.language import Question, parse, text_of
from handrail.search.language.errors import Malformed
from handrail.team.access import AgentView
from handrail.tickets import policies
from handrail.tickets.models import Arrangement, View
from handrail.tickets.queries import saved_views
from handrail.workbench.forms import ArrangementForm, ViewForm, order_word, shown_of
from handrail.workbench.queries import saved_row, view_for


class SavedViewsView(AgentView):
    """All views of this agent, where they are pinned and put in order."""

    def get(self, request: HttpRequest) -> HttpResponse:
        views = saved_views(self.agent, at=clock.now())
        deleted = saved_row(self.agent, request.GET.get("deleted", ""), deleted=True)
        may = {view.key for view in views if view.saved and policies.may_change_view(self.agent, view.saved)}
        return self.page("workbench/views/list.html", views=views, deleted=deleted, may_change=may)


class NewViewView(AgentView):
    """GET proposes a view of what was asked in the inbox, POST keeps it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(ViewForm(agent=self.agent, initial=self._proposed()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ViewForm(request.POST, agent=self.agent)
        if not form.is_valid():
            return self._show(form, status=422)
        view = View.make(by=self.agent, at=clock.now(), **form.columns_of_view())
        messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
        return self.go("workbench:view", key=view.key)

    def _proposed(self) -> dict[str, Any]:
        """The view that was open, narrowed as it was; its order apart."""
        given = {"shape": "list", "dated_by": "created", "audience": "person"}
        source = view_for(self.agent, self.request.GET.get("from", ""), at=clock.now())
        text = " ".join(f"{source.text if source else ''} {self.request.GET.get('q', '')}".split())
        try:
            question = parse(text)
        except Malformed:
            return given | {"text": text}
        return given | {
            "text": text_of(Question(tree=question.tree)),
            "sort": order_word(question.sort, agent=self.agent),
        }

    def _show(self, form: ViewForm, *, status: int = 200) -> HttpResponse:
        return self.page("workbench/views/edit.html", form=form, view=None, status=status)


class OneViewView(AgentView):
    """What is done to one saved view; 404 for those this agent does not see."""

    view: View
    deleted = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            view = saved_row(self.agent, kwargs["key"], deleted=self.deleted)
            if view is None:
                raise Http404
            self.view = view

    def mind(self) -> None:
        """Raise PermissionDenied unless this agent may change the view."""
        if not policies.may_change_view(self.agent, self.view):
            raise PermissionDenied


class SavedViewView(OneViewView):
    """GET shows it to change, POST changes it or, with `_method` delete, takes it away."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        self.mind()
        return self._show(ViewForm(agent=self.agent, initial=shown_of(self.view)))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        self.mind()
        if request.POST.get("_method") == "delete":
            self.view.delete_for_now(at=clock.now())
            return self.go_to_views(f"?deleted={self.view.key}")
        form = ViewForm(request.POST, agent=self.agent)
        if not form.is_valid():
            return self._show(form, status=422)
        self.view.change(by=self.agent, at=clock.now(), **form.columns_of_view())
        messages.success(request, _("Saved."))
        return self.go("workbench:view", key=self.view.key)

    def go_to_views(self, query: str) -> HttpResponse:
        answer = self.go("workbench:views")
        answer["Location"] += query
        return answer

    def _show(self, form: ViewForm, *, status: int = 200) -> HttpResponse:
        return self.page("workbench/views/edit.html", form=form, view=self.view, status=status)


class RestorationView(OneViewView):
    """POST brings a deleted view back."""

    deleted = True

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        self.mind()
        self.view.restore()
        return self.go("workbench:views")


class CopyView(OneViewView):
    """POST keeps the same view once more, for oneself."""

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        name = _("%(name)s (copy)") % {"name": self.view.name[:90]}
        copy = self.view.copy(by=self.agent, name=name, at=clock.now())
        return self.go("workbench:saved-view", key=copy.key)


class ArrangementView(OneViewView):
    """How this agent alone keeps the view: POST pins it, moves it, or keeps own columns and an own order."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        shown = view_for(self.agent, key, at=clock.now())
        initial = (
            {"columns": shown.columns, "sort": order_word(shown.sort, agent=self.agent)} if shown else {}
        )
        return self._show(ArrangementForm(initial=initial, agent=self.agent))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        if "pinned" in request.POST:
            return self._keep("workbench:views", pinned=request.POST["pinned"] == "yes")
        if "after" in request.POST:
            return self._move(later=request.POST["after"] == "yes")
        if "reset" in request.POST:
            return self._keep("workbench:view", columns=None, sort=None)
        form = ArrangementForm(request.POST, agent=self.agent)
        if not form.is_valid():
            return self._show(form, status=422)
        return self._keep("workbench:view", **form.cleaned_data)

    def _keep(self, route: str, **columns: Any) -> HttpResponse:
        Arrangement.keep(view_id=self.view.pk, agent=self.agent, **columns)
        return self.go(route, **({"key": self.view.key} if route == "workbench:view" else {}))

    def _move(self, *, later: bool) -> HttpResponse:
        ids = [view.saved.pk for view in saved_views(self.agent, at=clock.now()) if view.saved]
        place = ids.index(self.view.pk)
        Arrangement.put_in_order(_moved(ids, place, place + (1 if later else -1)), agent=self.agent)
        return self.go("workbench:views")

    def _show(self, form: ArrangementForm, *, status: int = 200) -> HttpResponse:
        return self.page("workbench/views/arrangement.html", form=form, view=self.view, status=status)


def _moved(ids: list[UUID], place: int, other: int) -> list[UUID]:
    if 0 <= other < len(ids):
        ids[place], ids[other] = ids[other], ids[place]
    return ids

"""The custom fields of the desk: which there are, and all about one of them."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.fields.field import Kind, Noun
from handrail.fields.forms import FieldForm, NewFieldForm
from handrail.fields.models import Definition
from handrail.kit import clock


class DefinitionsView(PrivateView):
    """GET lists the fields of every noun, POST makes one."""

    right = "fields.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(NewFieldForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewFieldForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        noun, kind = Noun(form.cleaned_data["noun"]), Kind(form.cleaned_data["kind"])
        to = Noun.TICKET.value if kind == Kind.RELATION else ""
        try:
            made = Definition.define(
                noun=noun,
                key=form.cleaned_data["key"],
                kind=kind,
                labels=form.in_languages("label"),
                to=to,
                by=self.user,
                at=clock.now(),
            )
        except Definition.KeyTaken:
            form.add_error("key", _("There is or was a field of that key."))
            return self._show(form, status=422)
        return self.go("fields:definition", definition_id=made.pk)

    def _show(self, form: Form, *, status: int = 200) -> HttpResponse:
        rows = [row.field for row in Definition.objects.all()]
        ids = {(row.noun, row.key): row.pk for row in Definition.objects.all()}
        groups = [(noun, [each for each in rows if each.noun == noun]) for noun in Noun]
        return self.page("fields/definitions/list.html", form=form, groups=groups, ids=ids, status=status)


class DefinitionView(PrivateView):
    """GET shows one field, POST changes it."""

    right = "fields.manage"

    def get(self, request: HttpRequest, definition_id: UUID) -> HttpResponse:
        row = get_object_or_404(Definition, pk=definition_id)
        return self._show(row, FieldForm(field=row.field, initial=FieldForm.of(row)))

    def post(self, request: HttpRequest, definition_id: UUID) -> HttpResponse:
        row = get_object_or_404(Definition, pk=definition_id)
        form = FieldForm(request.POST, field=row.field)
        if not form.is_valid():
            return self._show(row, form, status=422)
        row.edit(by=self.user, at=clock.now(), **form.settings)
        messages.success(request, _("Saved. It counts at once."))
        return self.go("fields:definition", definition_id=row.pk)

    def _show(self, row: Definition, form: Form, *, status: int = 200) -> HttpResponse:
        return self.page("fields/definitions/edit.html", row=row, field=row.field, form=form, status=status)


class RetirementView(PrivateView):
    """POST retires a field; with `_method` delete it is asked for again. Its values stay in either case."""

    right = "fields.manage"

    def post(self, request: HttpRequest, definition_id: UUID) -> HttpResponse:
        row = get_object_or_404(Definition, pk=definition_id)
        if request.POST.get("_method") == "delete":
            row.restore(by=self.user, at=clock.now())
            messages.success(request, _("It is asked for again."))
        else:
            row.retire(by=self.user, at=clock.now())
            messages.success(request, _("It is retired. What was filled in is kept."))
        return self.go("fields:definition", definition_id=row.pk)


class PlaceView(PrivateView):
    """POST moves a field up or down among those of its noun."""

    right = "fields.manage"

    def post(self, request: HttpRequest, definition_id: UUID) -> HttpResponse:
        row = get_object_or_404(Definition, pk=definition_id)
        keys = list(Definition.objects.filter(noun=row.noun).values_list("key", flat=True))
        place = keys.index(row.key)
        other = place + (-1 if request.POST.get("to") == "up" else 1)
        if 0 <= other < len(keys):
            keys[place], keys[other] = keys[other], keys[place]
            Definition.order(Noun(row.noun), keys)
        return self.go("fields:definitions")

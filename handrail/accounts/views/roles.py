"""Roles: which there are, and what each may do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts import queries
from handrail.accounts.access import PrivateView
from handrail.accounts.forms.house import NewNameForm, RoleForm
from handrail.accounts.models import Role
from handrail.kit import clock


class RolesView(PrivateView):
    """GET lists the roles, POST makes one that may do nothing yet."""

    right = "accounts.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(NewNameForm(Role))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewNameForm(Role, request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        role = Role.found(by=self.user, at=clock.now(), **form.names())
        return self.go("accounts:role", key=role.key)

    def _show(self, form: NewNameForm, *, status: int = 200) -> HttpResponse:
        return self.page("accounts/roles/list.html", form=form, roles=queries.roles(), status=status)


class RoleView(PrivateView):
    """GET shows what a role may do, POST changes it."""

    right = "accounts.manage"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        role = get_object_or_404(Role, key=key)
        return self._show(role, RoleForm(role=role, initial=RoleForm.of(role)))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        role = get_object_or_404(Role, key=key)
        form = RoleForm(request.POST, role=role)
        if not form.is_valid():
            return self._show(role, form, status=422)
        try:
            role.edit(by=self.user, at=clock.now(), **form.cleaned_data)
        except Role.AboveOwnRights:
            form.add_error(None, _("You can only give and take rights that you have yourself."))
            return self._show(role, form, status=422)
        messages.success(request, _("Saved. It counts from everybody's next click on."))
        return self.go("accounts:role", key=role.key)

    def _show(self, role: Role, form: RoleForm, *, status: int = 200) -> HttpResponse:
        shown = {"role": role, "form": form, "groups": form.groups(), "people": role.users.count()}
        return self.page("accounts/roles/edit.html", status=status, **shown)


class RoleRemovalView(PrivateView):
    """POST deletes a role that nobody has."""

    right = "accounts.manage"

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        role = get_object_or_404(Role, key=key)
        try:
            role.dissolve(by=self.user, at=clock.now())
        except Role.InUse:
            messages.error(request, _("Somebody still has this role. Give them another one first."))
            return self.go("accounts:role", key=key)
        messages.info(request, _("The role “%(name)s” is deleted.") % {"name": role.name})
        return self.go("accounts:roles")

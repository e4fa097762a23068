"""Brands: the names under which customers know us."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.accounts.forms.house import NameForm, NewNameForm
from handrail.accounts.models import Brand
from handrail.kit import clock


class BrandsView(PrivateView):
    """GET lists the brands, POST founds one."""

    right = "accounts.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(NewNameForm(Brand))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewNameForm(Brand, request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        brand = Brand.found(by=self.user, at=clock.now(), **form.names())
        messages.success(request, _("“%(name)s” is added. You work for it already.") % {"name": brand.name})
        return self.go("accounts:brands")

    def _show(self, form: NewNameForm, *, status: int = 200) -> HttpResponse:
        return self.page("accounts/brands/list.html", form=form, brands=Brand.objects.all(), status=status)


class BrandView(PrivateView):
    """GET shows a brand, POST renames it."""

    right = "accounts.manage"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        brand = get_object_or_404(Brand, key=key)
        return self._show(brand, NameForm(initial={"name": brand.name}))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        brand = get_object_or_404(Brand, key=key)
        form = NameForm(request.POST)
        if not form.is_valid():
            return self._show(brand, form, status=422)
        brand.rename(form.cleaned_data["name"], by=self.user, at=clock.now())
        messages.success(request, _("Saved."))
        return self.go("accounts:brands")

    def _show(self, brand: Brand, form: NameForm, *, status: int = 200) -> HttpResponse:
        return self.page("accounts/brands/edit.html", brand=brand, form=form, status=status)

"""Brands: the names under which customers know us."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.accounts.forms.house import BrandForm, NameForm, NewNameForm
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
    """GET shows a brand, POST changes what is different."""

    right = "accounts.manage"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        brand = get_object_or_404(Brand, key=key)
        return self._show(brand, BrandForm(initial={"name": brand.name, "masking": brand.masking}))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        brand = get_object_or_404(Brand, key=key)
        form = BrandForm(request.POST)
        if not form.is_valid():
            return self._show(brand, form, status=422)
        self._change(
            brand, name=form.cleaned_data["name"], masking=form.cleaned_data["masking"] or brand.masking
        )
        messages.success(request, _("Saved."))
        return self.go("accounts:brands")

    @transaction.atomic
    def _change(self, brand: Brand, *, name: str, masking: str) -> None:
        at = clock.now()
        if name != brand.name:
            brand.rename(name, by=self.user, at=at)
        if masking != brand.masking:
            brand.mask(masking, by=self.user, at=at)

    def _show(self, brand: Brand, form: NameForm, *, status: int = 200) -> HttpResponse:
        return self.page("accounts/brands/edit.html", brand=brand, form=form, status=status)

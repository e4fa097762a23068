"""The custom fields of a person or an organisation: their form; with `preview` it is only judged."""

from http import HTTPStatus
from typing import ClassVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.customers import filling
from handrail.customers.models import Organisation, Person
from handrail.fields.checking import NotFitting
from handrail.fields.posted import cells_of, given_in
from handrail.fields.queries import setup_of
from handrail.kit import clock


class FieldsView(PrivateView):
    """One page for both. noun: whose fields they are; home: the page that shows the one they belong to."""

    right = "customers.change"
    noun: ClassVar[type[Person] | type[Organisation]]
    home: ClassVar[str]

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        return self._form(self.whom(key), {}, {})

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        whom = self.whom(key)
        given = given_in(request.POST, setup_of(filling.noun_of(whom)).live)
        if "preview" in request.POST:
            return self._form(whom, given, {}, template="fields/_form.html")
        try:
            filling.fill(whom, given, by=self.user, at=clock.now())
        except NotFitting as refusal:
            return self._form(whom, given, refusal.problems, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return self.go(self.home, whom.pk)

    def _form(
        self,
        whom: Person | Organisation,
        given: dict[str, object],
        problems: dict[str, str],
        *,
        template: str = "customers/fields/edit.html",
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        form = filling.would_be(whom, given, by=self.user).form
        cells = cells_of(form, typed=given, problems=problems, viewer=self.user)
        return self.page(
            template,
            whom=whom,
            cells=cells,
            form_id="customer-form",
            preview=self.request.path,
            home=reverse(self.home, args=[whom.pk]),
            problems=problems,
            title=_("Fields of %(name)s") % {"name": whom.name},
            status=status,
        )

    def whom(self, key: UUID) -> Person | Organisation:
        """As far as the asker sees them, else 404."""
        found: Person | Organisation | None = self.noun.objects.visible_to(self.user).filter(pk=key).first()
        if found is None:
            raise Http404
        return found


class PersonFieldsView(FieldsView):
    """Of a person known to one of the asker's brands."""

    noun, home = Person, "customers:person"


class OrganisationFieldsView(FieldsView):
    """Of an organisation to which such a person belongs."""

    noun, home = Organisation, "customers:organisation"

"""One organisation: what is known of it, and the way to its people."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from handrail.accounts.access import PrivateView
from handrail.customers import filling
from handrail.customers.models import Organisation
from handrail.fields.field import Noun
from handrail.fields.queries import setup_of
from handrail.fields.showing import panel_of


class OrganisationView(PrivateView):
    """A stranger's organisation is not there."""

    right = "customers.see"

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        found = Organisation.objects.visible_to(self.user).filter(pk=key).first()
        if found is None:
            raise Http404
        asking = filling.circumstances_of(self.user)
        fields = panel_of(setup_of(Noun.ORGANISATION), found.fields, asking, viewer=self.user)
        return self.page("customers/organisations/show.html", organisation=found, fields=fields)

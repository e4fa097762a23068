"""One person: who they are, where they write from, and what other rooms know about them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from handrail.accounts.access import PrivateView
from handrail.customers import filling
from handrail.customers.models import Person
from handrail.customers.panels import filled_for
from handrail.customers.queries import card_of
from handrail.fields.field import Noun
from handrail.fields.queries import setup_of
from handrail.fields.showing import panel_of


class PersonView(PrivateView):
    """A stranger's customer is not there."""

    right = "customers.see"

    def get(self, request: HttpRequest, person_id: UUID) -> HttpResponse:
        card = card_of(person_id, viewer=self.user)
        if card is None:
            raise Http404
        panels = filled_for(self.user, person_id)
        values = Person.objects.visible_to(self.user).values_list("fields", flat=True).get(pk=person_id)
        asking = filling.circumstances_of(self.user)
        fields = panel_of(setup_of(Noun.PERSON), values, asking, viewer=self.user)
        return self.page("customers/person/show.html", card=card, panels=panels, fields=fields)

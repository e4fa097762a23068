"""The addresses of people and organisations."""

from django.urls import path

from handrail.customers.views.fields import OrganisationFieldsView, PersonFieldsView
from handrail.customers.views.organisation import OrganisationView
from handrail.customers.views.organisations import OrganisationsView
from handrail.customers.views.people import PeopleView
from handrail.customers.views.person import PersonView

app_name = "customers"
urlpatterns = [
    path("customers", PeopleView.as_view(), name="people"),
    path("customers/organisations", OrganisationsView.as_view(), name="organisations"),
    path("customers/organisations/<uuid:key>", OrganisationView.as_view(), name="organisation"),
    path(
        "customers/organisations/<uuid:key>/fields",
        OrganisationFieldsView.as_view(),
        name="organisation-fields",
    ),
    path("customers/<uuid:key>/fields", PersonFieldsView.as_view(), name="person-fields"),
    path("customers/<uuid:person_id>", PersonView.as_view(), name="person"),
]

"""The addresses of people and organisations."""

from django.urls import path

from handrail.customers.views.organisations import OrganisationsView
from handrail.customers.views.people import PeopleView
from handrail.customers.views.person import PersonView

app_name = "customers"
urlpatterns = [
    path("customers", PeopleView.as_view(), name="people"),
    path("customers/organisations", OrganisationsView.as_view(), name="organisations"),
    path("customers/<uuid:person_id>", PersonView.as_view(), name="person"),
]

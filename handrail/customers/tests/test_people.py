"""People and organisations: who is found, by whom, at what cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.customers.models import Identity, Organisation, Person
from tests.cast import NINE


@pytest.fixture
def person(house):
    """Somebody who wrote to Harbour Parcels."""

    def make(name, *, address="", organisation=None):
        made = Person.objects.create(name=name, organisation=organisation, created_at=NINE)
        made.brands.add(house.harbour)
        if address:
            Identity.objects.create(person=made, kind="email", value=address, created_at=NINE)
        return made

    return make


def names_on(page):
    return re.findall(r'<span class="people__name">([^<]*)</span>', page.content.decode())


def test_people_stand_by_name_and_are_found_by_name_address_and_organisation(nadia, vera, tom, client_of):
    browser = client_of(nadia)

    assert names_on(browser.get("/customers")) == ["Tom Akande", "Vera Lindqvist"]
    assert names_on(browser.get("/customers?q=lindq")) == ["Vera Lindqvist"]
    assert names_on(browser.get("/customers?q=tom@akande")) == ["Tom Akande"]
    assert names_on(browser.get("/customers?q=nordlys vera")) == ["Vera Lindqvist"]
    assert names_on(browser.get("/customers?q=nobody")) == []


def test_people_of_an_organisation_can_be_listed(nadia, vera, tom, client_of):
    page = client_of(nadia).get(f"/customers?organisation={vera.organisation_id}")

    assert names_on(page) == ["Vera Lindqvist"]


def test_many_people_come_in_pages_without_gap_or_repetition(nadia, person, client_of):
    for n in range(53):
        person(f"Person {n:02}")
    browser = client_of(nadia)

    first = browser.get("/customers")
    (more,) = re.findall(r'hx-get="(/customers\?[^"]*after=[^"]+)"', first.content.decode())
    second = browser.get(more.replace("&amp;", "&"), headers={"HX-Request": "true"})

    assert names_on(first) + names_on(second) == [f"Person {n:02}" for n in range(53)]


def test_the_list_costs_the_same_queries_for_one_person_and_for_three(nadia, person, client_of):
    browser = client_of(nadia)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            browser.get("/customers")
        return len(queries)

    person("One", address="one@x.example")
    one = cost()
    person("Two", address="two@x.example")
    person("Three")

    assert one == cost()


def test_a_person_is_shown_with_what_is_proven_and_what_is_claimed(nadia, vera, lost_parcel, client_of):
    Identity.objects.create(person=vera, kind="email", value="vera@home.example", created_at=NINE)

    page = client_of(nadia).get(f"/customers/{vera.pk}").content.decode()

    assert re.findall(r"<span>(\S+@\S+)</span>", page) == ["vera@nordlys.example", "vera@home.example"]
    assert re.findall(r"</svg>(proven|claimed)</span>", page) == ["proven", "claimed"]
    assert "Where is my parcel?" in page
    assert "Nordlys Books" in page


def test_a_person_costs_the_same_queries_for_one_ticket_and_for_three(nadia, vera, write, client_of):
    browser = client_of(nadia)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/customers/{vera.pk}")
        return len(queries)

    write(external_id="1@x")
    one = cost()
    write(external_id="2@x")
    write(external_id="3@x")

    assert one == cost()


def test_piet_finds_no_customer_of_another_brand(piet, vera, client_of):
    browser = client_of(piet)

    assert Person.objects.count() == 1
    assert names_on(browser.get("/customers")) == []
    assert names_on(browser.get("/customers?q=vera")) == []
    assert browser.get(f"/customers/{vera.pk}").status_code == 404
    assert "Nordlys" not in browser.get("/customers/organisations").content.decode()


def test_a_customer_sees_no_list_of_customers(vera, tom, client_of):
    browser = client_of(vera)

    addresses = ["/customers", f"/customers/{tom.pk}", f"/customers/{vera.pk}", "/customers/organisations"]

    assert [browser.get(each).status_code for each in addresses] == [403] * 4


def test_organisations_say_how_many_people_are_known(nadia, vera, person, client_of):
    person("Ola", organisation=vera.organisation)
    Organisation.objects.create(name="Strangers", created_at=NINE)

    page = client_of(nadia).get("/customers/organisations").content.decode()

    assert re.findall(r'<th scope="row"><a[^>]*>([^<]*)</a>', page) == ["Nordlys Books"]
    assert '<td class="table__figure">2</td>' in page

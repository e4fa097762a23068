"""Custom fields of people and organisations."""

import pytest

from handrail.customers import filling
from handrail.customers.events import OrganisationFieldChanged, PersonFieldChanged
from handrail.events.queries import facts_about
from handrail.fields.checking import NotFitting
from handrail.fields.field import Kind, Noun
from handrail.fields.models import Definition
from tests.cast import NINE


@pytest.fixture
def define(ada):
    def make(noun, key, **settings):
        Definition.define(
            noun=noun, key=key, kind=Kind.TEXT, labels={"en": key.title()}, by=ada.user, at=NINE, **settings
        )

    return make


def sent(**values):
    return {"stood": list(values), **{f"field.{key}": value for key, value in values.items()}}


def test_a_persons_field_is_filled_on_their_page_and_told(nadia, vera, define, client_of):
    define(Noun.PERSON, "account")
    browser = client_of(nadia)

    answer = browser.post(f"/customers/{vera.pk}/fields", sent(account="K-17"))

    assert answer.status_code == 303
    assert "K-17" in browser.get(f"/customers/{vera.pk}").content.decode()
    assert facts_about(vera.pk, kinds=[PersonFieldChanged]) == [
        PersonFieldChanged(
            person_id=vera.pk,
            by_user_id=nadia.user.pk,
            field="account",
            was=None,
            now="K-17",
            at=facts_about(vera.pk, kinds=[PersonFieldChanged])[0].at,
        )
    ]


def test_an_organisation_has_fields_of_its_own(nadia, vera, define, client_of):
    define(Noun.ORGANISATION, "contract")
    define(Noun.PERSON, "account")
    company, browser = vera.organisation, client_of(nadia)

    answer = browser.post(
        f"/customers/organisations/{company.pk}/fields", sent(contract="Gold", account="K-17")
    )

    assert answer.status_code == 303
    company.refresh_from_db()
    assert company.fields == {"contract": "Gold"}
    assert "Gold" in browser.get(f"/customers/organisations/{company.pk}").content.decode()
    assert len(facts_about(company.pk, kinds=[OrganisationFieldChanged])) == 1


def test_the_verb_refuses_what_the_page_does_not_show(nadia, vera, define):
    define(Noun.PERSON, "secret", visible_to=["lead"])

    with pytest.raises(NotFitting):
        filling.fill(vera, {"secret": "x"}, by=nadia.user, at=NINE)


def test_S_020_a_strangers_customer_has_no_fields(piet, vera, define, client_of):
    define(Noun.PERSON, "account")

    assert client_of(piet).post(f"/customers/{vera.pk}/fields", sent(account="x")).status_code == 404
    vera.refresh_from_db()
    assert vera.fields == {}

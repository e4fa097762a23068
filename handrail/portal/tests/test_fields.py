"""Custom fields on the customers' form: public ones only, under the same rules as at the desk."""

import pytest

from handrail.fields.field import Kind, Noun
from handrail.fields.forming import Condition, Effect, Rule
from handrail.fields.models import Definition, FormRule
from handrail.kit import ids
from handrail.tickets.models import Ticket
from tests.cast import NINE


@pytest.fixture
def fields(ada):
    choices = [{"key": "late", "labels": {"en": "Late"}}, {"key": "lost", "labels": {"en": "Lost"}}]
    for key, settings in (
        ("reason", {"kind": Kind.CHOICE, "choices": choices, "public": True, "required": True}),
        ("parcel", {"kind": Kind.TEXT, "public": True}),
        ("margin", {"kind": Kind.TEXT}),
    ):
        labels = {"en": key.title()}
        Definition.define(noun=Noun.TICKET, key=key, labels=labels, by=ada.user, at=NINE, **settings)
    shows = Rule(
        name="Parcel",
        conditions=(Condition(about="field.reason", test="is", values=("lost",)),),
        effects=(Effect(field="parcel", deed="show"),),
    )
    FormRule.make(noun=Noun.TICKET, rule=shows, by=ada.user, at=NINE)


def asked(**values):
    stood = {"stood": list(values), **{f"field.{key}": value for key, value in values.items()}}
    return {"subject": "Where is it?", "text": "Please look.", "key": str(ids.uuid7()), **stood}


def test_the_form_asks_for_public_fields_and_changes_with_them(vera, fields, client_of):
    browser = client_of(vera)

    new = browser.get("/help/requests/new").content.decode()
    lost = browser.post("/help/requests", {**asked(reason="lost"), "preview": "1"}).content.decode()

    assert [f'name="field.{key}"' in new for key in ("reason", "parcel", "margin")] == [True, False, False]
    assert [f'name="field.{key}"' in lost for key in ("reason", "parcel", "margin")] == [True, True, False]
    assert not Ticket.objects.exists()


def test_what_a_customer_fills_in_stands_on_the_ticket(vera, fields, client_of):
    answer = client_of(vera).post("/help/requests", asked(reason="lost", parcel="HB 4471"))

    assert answer.status_code == 302
    assert Ticket.objects.get().fields == {"reason": "lost", "parcel": "HB 4471"}


@pytest.mark.parametrize("values", [{}, {"reason": "stolen"}, {"reason": "late", "parcel": "1"}])
def test_what_the_form_would_refuse_opens_nothing(vera, fields, client_of, values):
    answer = client_of(vera).post("/help/requests", asked(**values))

    assert answer.status_code == 422
    assert "Please look." in answer.content.decode()
    assert not Ticket.objects.exists()


def test_S_024_a_customer_fills_in_nothing_that_is_not_public(vera, fields, client_of):
    wanted = asked(reason="late")
    wanted["stood"].append("margin")

    client_of(vera).post(
        "/help/requests", {**wanted, "field.margin": "1", "status": "closed", "priority": "4"}
    )

    ticket = Ticket.objects.get()
    assert (ticket.fields, ticket.status, ticket.priority) == ({"reason": "late"}, "new", 2)

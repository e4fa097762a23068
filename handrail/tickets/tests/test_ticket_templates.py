"""Ticket templates: written, shared, chosen for a new ticket; the names in their words become values."""

from typing import Any

import pytest
from django.urls import reverse

from handrail.events.queries import facts_about
from handrail.fields.field import Kind, Noun
from handrail.fields.models import Definition
from handrail.kit import clock, ids
from handrail.tickets.events import TicketOpenedByHand
from handrail.tickets.models import Message, Ticket, TicketTemplate
from handrail.tickets.models.ticket_template import Beginning

RETURN = Beginning(
    name="Return of goods",
    way="email",
    mode="mail",
    subject="Your return, {{today}}",
    text="Hello {{customer.first_name|there}}, we expect it. Your number is {{ticket.number}}.",
    actions=[["priority", "3"], ["tag", "return"], ["owner", "me"]],
)


@pytest.fixture
def template(iris) -> TicketTemplate:
    return TicketTemplate.make(RETURN, by=iris, at=clock.now())


@pytest.fixture
def order_field(ada) -> Definition:
    return Definition.define(
        noun=Noun.TICKET, key="order", kind=Kind.TEXT, labels={"en": "Order"}, by=ada.user, at=clock.now()
    )


def _chosen(browser, template, **sent: Any) -> tuple[str, str]:
    """Address and page of a new ticket for which the template was chosen."""
    address = reverse("tickets:new-one", args=[ids.uuid7()])
    answer = browser.post(address, {"way": "phone", "mode": "said", **sent, "apply": str(template.pk)})
    assert answer.status_code == 303
    return address, browser.get(answer.headers["Location"]).content.decode()


def test_a_chosen_template_fills_the_form_and_keeps_whom_it_is_for(nadia, vera, template, client_of):
    _address, page = _chosen(client_of(nadia), template, person=str(vera.pk), subject="Typed before")

    assert "Template: Return of goods" in page
    assert "Your return, {{today}}" in page
    assert vera.name in page
    assert "Hello Vera, we expect it. Your number is #…." in page
    assert f'<option value="{nadia.pk}" selected>' in page
    assert 'value="return"' in page


def test_names_become_values_on_the_ticket(nadia, vera, house, template, client_of):
    browser = client_of(nadia)
    address, _page = _chosen(browser, template, person=str(vera.pk))
    sent = {"way": "email", "mode": "mail", "mode_of": "email", "person": str(vera.pk), "priority": "3"}
    words = {"subject": RETURN.subject, "body": RETURN.text, "tag": "return", "template": str(template.pk)}

    answer = browser.post(address, {**sent, **words, "outlet": str(house.harbour.pk)})

    assert answer.status_code == 303
    ticket, message = Ticket.objects.get(), Message.objects.get()
    assert "{{" not in ticket.subject
    assert message.text == f"Hello Vera, we expect it. Your number is #{ticket.number}."
    assert (ticket.priority, ticket.opening.template) == (3, template)
    (told,) = facts_about(ticket.pk, kinds=[TicketOpenedByHand])
    assert told.template == "Return of goods"


def test_a_name_without_a_value_is_asked_for_and_nothing_is_opened(nadia, house, template, client_of):
    sent = {"way": "phone", "mode": "note", "person": "new", "new_name": "Bo", "subject": "A return"}
    words = {"body": "Plan: {{customer.plan}}", "template": str(template.pk), "priority": "2"}
    address = reverse("tickets:new-one", args=[ids.uuid7()])

    answer = client_of(nadia).post(address, {**sent, **words, "outlet": str(house.harbour.pk)})

    assert answer.status_code == 422
    assert "the organisation’s plan" in answer.content.decode()
    assert not Ticket.objects.exists()


def test_without_a_template_braces_stay_what_they_are(nadia, house, client_of):
    sent = {"way": "phone", "mode": "note", "person": "new", "new_name": "Bo", "subject": "{{today}}"}
    address = reverse("tickets:new-one", args=[ids.uuid7()])

    client_of(nadia).post(address, {**sent, "body": "{{agent.name}}", "outlet": str(house.harbour.pk)})

    assert (Ticket.objects.get().subject, Message.objects.get().text) == ("{{today}}", "{{agent.name}}")


def test_S_076_nothing_in_the_words_is_computed(nadia, vera, house, template, client_of):
    words = "{{7*7}} {{agent.user.password}} {% for x in y %} {{customer.__class__}}"
    sent = {"way": "phone", "mode": "note", "person": str(vera.pk), "subject": "x", "body": words}
    address = reverse("tickets:new-one", args=[ids.uuid7()])
    answer = client_of(nadia).post(
        address, {**sent, "template": str(template.pk), "outlet": str(house.harbour.pk)}
    )

    assert answer.status_code == 303
    assert Message.objects.get().text == words


def test_a_template_is_written_with_its_fields_and_chosen_with_them(nadia, iris, order_field, client_of):
    sent = {"name": "Order", "whose": "everyone", "way": "phone", "mode": "said", "tag": "order"}
    answer = client_of(iris).post(
        reverse("tickets:template-new"), {**sent, "stood": "order", "field.order": "HB 1"}
    )
    template = TicketTemplate.objects.get()

    _address, page = _chosen(client_of(nadia), template)

    assert answer.headers["Location"] == reverse("tickets:template-edit", args=[template.pk])
    assert (template.fields, template.actions) == ({"order": "HB 1"}, [["tag", "order"]])
    assert 'value="HB 1"' in page


def test_who_may_not_share_writes_templates_for_oneself_only(nadia, omar, client_of):
    sent = {"name": "Mine", "way": "phone", "mode": "said"}
    refused = client_of(nadia).post(reverse("tickets:template-new"), {**sent, "whose": "everyone"})
    client_of(nadia).post(reverse("tickets:template-new"), {**sent, "whose": "mine"})

    assert refused.status_code == 422
    assert list(TicketTemplate.objects.visible_to(nadia)) == [TicketTemplate.objects.get()]
    assert not TicketTemplate.objects.visible_to(omar).exists()


def test_a_template_of_another_brand_is_neither_offered_nor_used(piet, iris, house, client_of):
    template = TicketTemplate.make(
        Beginning(name="Secret", way="phone", mode="said", subject="Hush", brand=house.harbour),
        by=iris,
        at=clock.now(),
    )

    _address, page = _chosen(client_of(piet), template)

    assert "Secret" not in page
    assert "Hush" not in page


def test_a_retired_template_is_not_offered_and_can_come_back(nadia, iris, template, client_of):
    lead, address = client_of(iris), reverse("tickets:template-retirement", args=[template.pk])
    lead.post(address)
    gone = client_of(nadia).get(reverse("tickets:new"), follow=True).content.decode()
    lead.post(address, {"_method": "delete"})
    back = client_of(nadia).get(reverse("tickets:new"), follow=True).content.decode()

    assert template.name not in gone
    assert template.name in back


def test_an_internal_template_says_nothing_to_a_customer(iris, client_of):
    sent = {"name": "Check", "whose": "mine", "way": "internal", "mode": "mail"}

    answer = client_of(iris).post(reverse("tickets:template-new"), sent)

    assert answer.status_code == 422
    assert not TicketTemplate.objects.exists()

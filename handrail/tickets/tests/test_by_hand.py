"""A colleague opens a ticket: by phone, in person, to write first, or for work of our own."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handrail.customers.models import Person
from handrail.events.models import FactRow
from handrail.fields.field import Kind, Noun
from handrail.fields.models import Definition
from handrail.kit import clock, ids
from handrail.tickets.models import Message, Opening, OpeningDraft, Ticket

CALL = {
    "way": "phone",
    "mode": "said",
    "subject": "Parcel never came",
    "body": "She called: the parcel never came.",
    "priority": "2",
}


@pytest.fixture
def filled(house, vera) -> dict[str, Any]:
    """A call of Vera's, as the page sends it."""
    return {**CALL, "outlet": str(house.harbour.pk), "person": str(vera.pk)}


def _open(browser, sent, *, key: UUID | None = None, status: int = 303):
    answer = browser.post(reverse("tickets:new-one", args=[key or ids.uuid7()]), sent)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer


def _only() -> Ticket:
    return Ticket.objects.get()


def test_a_call_becomes_a_ticket_with_the_words_of_the_customer(nadia, vera, filled, client_of):
    _open(client_of(nadia), filled)

    ticket, message = _only(), Message.objects.get()
    assert (ticket.channel, ticket.requester, ticket.status) == ("phone", vera, "new")
    assert ticket.waiting_since == message.at
    assert (message.kind, message.person, message.text) == ("customer", vera, CALL["body"])
    assert [seat.address for seat in ticket.participants.all()] == ["vera@nordlys.example"]
    assert FactRow.objects.filter(subject_id=ticket.pk, kind="tickets.TicketOpenedByHand").count() == 1


def test_somebody_new_without_an_address_can_call(nadia, filled, client_of):
    _open(client_of(nadia), {**filled, "person": "new", "new_name": "Bo Ek"})

    ticket = _only()
    assert ticket.requester.name == "Bo Ek"
    assert not ticket.requester.identities.exists()
    assert not ticket.participants.exists()


def test_somebody_new_with_an_address_that_we_know_is_not_new(nadia, vera, filled, client_of):
    _open(client_of(nadia), {**filled, "person": "new", "new_email": "Vera@Nordlys.example"})

    assert _only().requester == vera
    assert Person.objects.count() == 1


def test_we_write_first_and_can_take_it_back(nadia, filled, client_of, settings):
    settings.UNDO_SECONDS = 30
    browser, key = client_of(nadia), ids.uuid7()

    answer = _open(browser, {**filled, "way": "email", "mode": "mail"}, key=key)

    ticket, message = _only(), Message.objects.get()
    assert (ticket.channel, ticket.status, ticket.waiting_since) == ("email", "waiting", None)
    assert (message.kind, message.delivery) == ("reply", "queued")
    assert message.due_at == message.at + timedelta(seconds=30)
    page = browser.get(answer.headers["Location"]).content.decode()
    assert f"undo-{message.pk}" in page

    browser.delete(reverse("tickets:reply", kwargs={"number": ticket.number, "message_id": message.pk}))

    ticket.refresh_from_db()
    assert (ticket.status, Message.objects.count()) == ("open", 0)
    assert ticket.drafts.get().text == CALL["body"]


def test_work_of_our_own_is_asked_by_who_opens_it(nadia, filled, client_of):
    _open(client_of(nadia), {**filled, "way": "internal", "mode": "note", "person": ""})

    ticket = _only()
    assert ticket.requester.name == "Nadia Haddad"
    assert Message.objects.get().kind == "note"
    assert ticket.waiting_since is None


def test_a_ticket_can_be_opened_without_a_word_and_has_a_page(nadia, filled, client_of):
    browser = client_of(nadia)

    answer = _open(browser, {**filled, "mode": "none"})

    assert not Message.objects.exists()
    assert browser.get(answer.headers["Location"]).status_code == 200


def test_team_owner_priority_and_tags_are_told(nadia, house, filled, client_of):
    chosen = {"team": house.parcels.pk, "owner": nadia.pk, "priority": "4", "tag": "late, Refund"}
    _open(client_of(nadia), {**filled, **chosen})

    ticket = _only()
    assert (ticket.team, ticket.owner, ticket.priority, ticket.status) == (house.parcels, nadia, 4, "open")
    assert sorted(each.tag.name for each in ticket.taggings.all()) == ["late", "refund"]
    kinds = {row.kind for row in FactRow.objects.filter(subject_id=ticket.pk)}
    assert {"tickets.TicketAssigned", "tickets.PriorityChanged", "tickets.TicketTagged"} <= kinds


def test_it_can_be_closed_at_once(nadia, filled, client_of):
    _open(client_of(nadia), {**filled, "closing": "on"})

    assert _only().is_done


def test_R_017_the_same_press_twice_opens_one_ticket(nadia, filled, client_of):
    browser, key = client_of(nadia), ids.uuid7()

    first = _open(browser, filled, key=key)
    again = _open(browser, filled, key=key)

    assert first.headers["Location"] == again.headers["Location"]
    assert (Ticket.objects.count(), Message.objects.count(), Opening.objects.count()) == (1, 1, 1)


def test_R_017_other_words_under_the_same_key_are_asked_about(nadia, filled, client_of):
    browser, key = client_of(nadia), ids.uuid7()
    _open(browser, filled, key=key)

    answer = _open(browser, {**filled, "body": "Something else."}, key=key, status=409)

    assert Ticket.objects.count() == 1
    assert b"Something else." in answer.content
    assert str(key) not in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"person": ""}, "Say who it is for."),
        ({"subject": ""}, "This field is required."),
        ({"body": ""}, "Write something first"),
        ({"person": "new", "new_name": "Bo", "mode": "mail"}, "There is no mail address to write to."),
        ({"person": "new", "new_email": "bo"}, "Enter a valid email address."),
        ({"way": "internal", "mode": "mail"}, "Choose what is written."),
        ({"outlet": "x"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_stays(nadia, filled, client_of, changed, says):
    sent = {**filled, "tag": "kept-tag", **changed}

    answer = _open(client_of(nadia), sent, status=422)

    page = answer.content.decode()
    assert says in page
    assert "kept-tag" in page
    assert not Ticket.objects.exists()


def test_a_field_that_must_be_filled_in_is_minded_and_nothing_opened(nadia, ada, filled, client_of):
    Definition.define(
        noun=Noun.TICKET,
        key="order",
        kind=Kind.TEXT,
        labels={"en": "Order"},
        required=True,
        by=ada.user,
        at=clock.now(),
    )
    browser, sent = client_of(nadia), {**filled, "stood": "order"}

    refused = _open(browser, {**sent, "field.order": ""}, status=422)

    assert "Fill this in." in refused.content.decode()
    assert not Ticket.objects.exists()
    assert not Message.objects.exists()

    _open(browser, {**sent, "field.order": "HB 1"})

    assert _only().fields == {"order": "HB 1"}


def test_a_reload_loses_nothing(nadia, vera, filled, client_of):
    browser, key = client_of(nadia), ids.uuid7()
    photo = SimpleUploadedFile("label.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    browser.post(reverse("tickets:new-draft", args=[key]), {**filled, "tag": "half-typed"})
    browser.post(reverse("tickets:new-files", args=[key]), {"file": photo})

    start = browser.get(reverse("tickets:new"))
    page = browser.get(start.headers["Location"]).content.decode()

    assert str(key) in start.headers["Location"]
    for words in (CALL["subject"], CALL["body"], "half-typed", "label.png", vera.name):
        assert words in page

    _open(browser, filled, key=key)

    assert [each.stored.name for each in Message.objects.get().attachments.all()] == ["label.png"]
    assert not OpeningDraft.objects.exists()


def test_a_late_save_does_not_bring_an_opened_draft_back(nadia, filled, client_of):
    browser, key = client_of(nadia), ids.uuid7()
    _open(browser, filled, key=key)

    answer = browser.post(reverse("tickets:new-draft", args=[key]), filled)

    assert answer.status_code == 204
    assert not OpeningDraft.objects.exists()


def test_S_017_nobody_reaches_into_somebody_elses_new_ticket(nadia, omar, filled, client_of):
    key, theirs = ids.uuid7(), client_of(omar)
    client_of(nadia).post(reverse("tickets:new-draft", args=[key]), filled)
    photo = SimpleUploadedFile("label.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40)

    assert theirs.get(reverse("tickets:new-one", args=[key])).status_code == 404
    assert theirs.post(reverse("tickets:new-one", args=[key]), filled).status_code == 404
    assert theirs.post(reverse("tickets:new-draft", args=[key]), filled).status_code == 404
    assert theirs.post(reverse("tickets:new-files", args=[key]), {"file": photo}).status_code == 404
    assert OpeningDraft.objects.get().files.count() == 0


def test_S_021_a_customer_of_another_brand_is_not_offered_and_cannot_be_named(piet, vera, client_of, house):
    browser = client_of(piet)

    found = browser.get(reverse("tickets:new-people"), {"who": "vera"}).content.decode()
    sent = {**CALL, "outlet": str(house.office.pk), "person": str(vera.pk)}
    refused = _open(browser, sent, status=422).content.decode()

    assert vera.name not in found
    assert vera.name not in refused


def test_S_024_what_is_no_control_of_the_page_changes_nothing(nadia, omar, house, filled, client_of):
    _open(
        client_of(nadia),
        {**filled, "number": "7", "status": "closed", "brand": house.office.pk, "by": omar.pk},
    )

    ticket = _only()
    assert (ticket.status, ticket.brand, ticket.opening.by) == ("new", house.harbour, nadia)
    assert ticket.number != 7


def test_people_are_found_as_typed_with_what_they_asked_before(nadia, vera, lost_parcel, filled, client_of):
    browser, key = client_of(nadia), ids.uuid7()

    found = browser.get(reverse("tickets:new-people"), {"who": "nordlys"}).content.decode()
    picked = browser.post(
        reverse("tickets:new-one", args=[key]),
        {**filled, "person": "", "pick": str(vera.pk)},
        headers={"HX-Request": "true"},
    ).content.decode()

    assert vera.name in found
    assert "Nordlys Books" in found
    assert f"#{lost_parcel.number}" in picked


def test_the_page_follows_the_way(nadia, filled, client_of):
    browser, key = client_of(nadia), ids.uuid7()

    follows = browser.post(
        reverse("tickets:new-one", args=[key]),
        {**filled, "way": "internal", "mode_of": "phone", "preview": "1"},
        headers={"HX-Request": "true"},
    ).content.decode()

    assert "Only colleagues see it." in follows
    assert 'value="mail"' not in follows
    assert not Ticket.objects.exists()


def test_an_opener_who_sees_no_further_is_told_the_number(sam, vera, house, client_of):
    sam.user.role.rights.append("tickets.open")
    sam.user.role.save()
    sent = {**CALL, "outlet": str(house.harbour.pk), "person": "new", "new_name": "Bo Ek"}

    answer = _open(client_of(sam), sent)

    assert answer.headers["Location"] == reverse("tickets:new")
    assert _only().owner is None


def test_the_page_costs_the_same_for_one_ticket_of_the_customer_and_for_three(
    nadia, vera, write, filled, client_of, django_assert_num_queries
):
    browser, key = client_of(nadia), ids.uuid7()
    write(external_id="1@nordlys.example")
    browser.post(reverse("tickets:new-draft", args=[key]), filled)
    address = reverse("tickets:new-one", args=[key])
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for number in range(2):
        write(external_id=f"{number}@more.example", subject=f"More {number}")

    with django_assert_num_queries(len(one)):
        browser.get(address)

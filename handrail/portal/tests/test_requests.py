"""A customer's own requests: what is shown, what is not, and writing on them."""

import io
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from handrail.kit import clock
from handrail.portal import paces, queries
from handrail.portal.views import messages
from handrail.tickets.models import Ticket
from tests.cast import NINE


@pytest.fixture
def browser(vera, client_of):
    """Vera's browser."""
    return client_of(vera)


@pytest.fixture
def page_of(browser):
    """What Vera reads on the page of a ticket."""
    return lambda ticket: browser.get(f"/help/requests/{ticket.number}").content.decode()


def test_the_list_says_in_words_how_things_stand(browser, nadia, lost_parcel):
    assert "We have it and will look at it" in browser.get("/help/requests").content.decode()

    lost_parcel.reply(text="It is in the van.", by=nadia, at=NINE)

    assert "We answered" in browser.get("/help/requests").content.decode()


def test_closed_requests_stand_apart(browser, nadia, lost_parcel):
    lost_parcel.close(by=nadia, reason="solved", at=NINE)

    assert "Where is my parcel?" not in browser.get("/help/requests").content.decode()
    assert "Where is my parcel?" in browser.get("/help/requests?state=closed").content.decode()


def test_the_page_shows_both_sides_and_who_has_it(page_of, nadia, lost_parcel):
    lost_parcel.assign(nadia, by=nadia, at=NINE)
    assert "Nadia Haddad has it" in page_of(lost_parcel)

    lost_parcel.reply(text="It is in the van.", by=nadia, at=NINE)

    page = page_of(lost_parcel)
    assert "Where is it?" in page
    assert "It is in the van." in page


def test_an_answer_that_can_still_be_withdrawn_is_not_shown(page_of, nadia, lost_parcel):
    lost_parcel.reply(text="Oops, wrong customer", by=nadia, at=clock.now(), undo=timedelta(seconds=60))

    assert "Oops" not in page_of(lost_parcel)


def test_a_strangers_request_is_not_found(tom, client_of, lost_parcel):
    browser = client_of(tom)
    number = lost_parcel.number

    assert browser.get(f"/help/requests/{number}").status_code == 404
    assert (
        browser.post(f"/help/requests/{number}/messages", {"text": "hi", "key": uuid4()}).status_code == 404
    )
    assert browser.post(f"/help/requests/{number}/closure").status_code == 404
    assert browser.get("/help/requests/99999999").status_code == 404
    assert lost_parcel.messages.count() == 1


def test_S_036_what_a_third_party_or_a_robot_wrote_is_not_shown(
    page_of, browser, lost_parcel, write, third_party_writes
):
    third_party_writes(
        lost_parcel,
        address="verify@chat.example",
        name="Chat",
        text="Your code is CANARY-4711",
        reply_text="Your code is CANARY-4711",
    )
    write(lost_parcel, text="CANARY-4712", reply_text="CANARY-4712", automatic="auto-reply")

    assert "CANARY" not in page_of(lost_parcel)
    assert "Where is my parcel" not in browser.get("/help/requests?q=CANARY-47").content.decode()


def test_S_036_somebody_in_copy_who_never_proved_an_address_is_not_shown(page_of, house, write):
    ticket = write(cc=(("Service", "noreply@service.example"),)).ticket
    write(ticket, address="noreply@service.example", text="CANARY-1", reply_text="CANARY-1")

    assert "CANARY" not in page_of(ticket)


def test_a_colleague_in_copy_who_proved_their_address_is_shown(page_of, tom, house, write):
    ticket = write(cc=(("Tom", "tom@akande.example"),)).ticket
    write(ticket, address="tom@akande.example", text="Same here", reply_text="Same here")

    assert "Same here" in page_of(ticket)


def test_writing_adds_a_message_with_its_files(browser, nadia, lost_parcel):
    lost_parcel.reply(text="Which address?", by=nadia, at=NINE)
    photo = io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    photo.name = "door.png"

    answer = browser.post(
        f"/help/requests/{lost_parcel.number}/messages",
        {"text": "Pier 4, see the picture", "attached": photo, "key": uuid4()},
    )

    assert answer.status_code == 302
    message = lost_parcel.messages.order_by("-id").first()
    assert (message.text, message.channel, message.person.name) == (
        "Pier 4, see the picture",
        "portal",
        "Vera Lindqvist",
    )
    assert message.attachments.get().stored.type == "image/png"
    lost_parcel.refresh_from_db()
    assert (lost_parcel.status, lost_parcel.channel) == ("open", "email")


def test_R_017_two_presses_make_one_message(browser, lost_parcel):
    key = uuid4()
    for _press in range(2):
        browser.post(f"/help/requests/{lost_parcel.number}/messages", {"text": "Hello?", "key": key})

    assert lost_parcel.messages.filter(text="Hello?").count() == 1


def test_somebody_elses_key_does_not_swallow_my_message(browser, tom, client_of, lost_parcel):
    key = uuid4()
    client_of(tom).post("/help/requests", {"subject": "Mine", "text": "Mine", "key": key})

    browser.post(f"/help/requests/{lost_parcel.number}/messages", {"text": "Hello?", "key": key})

    assert lost_parcel.messages.filter(text="Hello?").count() == 1


def test_an_empty_message_is_refused_with_words(browser, lost_parcel):
    answer = browser.post(f"/help/requests/{lost_parcel.number}/messages", {"text": "  ", "key": uuid4()})

    assert answer.status_code == 422
    assert "Write a few words first." in answer.content.decode()


def test_too_many_files_are_refused_and_the_words_kept(browser, lost_parcel):
    files = [io.BytesIO(b"x") for _ in range(11)]
    for number, file in enumerate(files):
        file.name = f"{number}.txt"

    answer = browser.post(
        f"/help/requests/{lost_parcel.number}/messages",
        {"text": "See these", "attached": files, "key": uuid4()},
    )

    assert answer.status_code == 422
    assert "See these" in answer.content.decode()
    assert lost_parcel.messages.count() == 1


def test_a_new_request_becomes_a_ticket_of_the_customers_brand(browser, vera, house, lost_parcel):
    answer = browser.post(
        "/help/requests", {"subject": "Wrong invoice", "text": "You billed me twice.", "key": uuid4()}
    )

    ticket = Ticket.objects.get(subject="Wrong invoice")
    assert answer["Location"] == f"/help/requests/{ticket.number}"
    assert (ticket.requester, ticket.brand, ticket.channel) == (vera, house.harbour, "portal")
    assert list(ticket.participants.values_list("address", flat=True)) == ["vera@nordlys.example"]


def test_R_017_two_presses_make_one_request(browser, house):
    same = {"subject": "Wrong invoice", "text": "You billed me twice.", "key": uuid4()}

    first, second = browser.post("/help/requests", same), browser.post("/help/requests", same)

    assert first["Location"] == second["Location"]
    assert Ticket.objects.count() == 1


def test_a_user_without_a_person_becomes_one_by_asking(house, client_of):
    from handrail.accounts.models import User

    user = User.objects.invite(
        email="ines@new.example", name="Ines", role=house.roles["customer"], brands=[house.harbour], at=NINE
    )
    browser = client_of(user)

    answer = browser.post("/help/requests", {"subject": "Hello", "text": "A question", "key": uuid4()})

    assert "A question" in browser.get(answer["Location"]).content.decode()


def test_S_024_fields_nobody_offered_change_nothing(browser, house, omar):
    browser.post(
        "/help/requests",
        {
            "subject": "Hello",
            "text": "Hi",
            "key": uuid4(),
            "priority": "4",
            "status": "closed",
            "brand": str(house.office.pk),
            "owner": str(omar.pk),
            "channel": "email",
            "requester": str(omar.pk),
        },
    )

    ticket = Ticket.objects.get()
    assert (ticket.priority, ticket.status, ticket.brand, ticket.owner) == (2, "new", house.harbour, None)


def test_closing_ones_own_request_can_be_done_once(browser, lost_parcel):
    for _press in range(2):
        assert browser.post(f"/help/requests/{lost_parcel.number}/closure").status_code == 302

    lost_parcel.refresh_from_db()
    assert lost_parcel.status == Ticket.Status.CLOSED
    assert lost_parcel.closure.by is None


def test_writing_on_a_closed_request_opens_it_again(browser, nadia, lost_parcel):
    lost_parcel.close(by=nadia, reason="solved", at=NINE)

    browser.post(f"/help/requests/{lost_parcel.number}/messages", {"text": "Not solved", "key": uuid4()})

    lost_parcel.refresh_from_db()
    assert lost_parcel.status == Ticket.Status.OPEN


def test_searching_finds_words_numbers_and_subjects_of_ones_own_requests(browser, tom, write, lost_parcel):
    write(address="tom@akande.example", subject="Where is my cat?")

    def found(words: str) -> list[bool]:
        page = browser.get("/help/requests", {"q": words}).content.decode()
        return ["Where is my parcel?" in page, "Where is my cat?" in page]

    assert found("out for delivery") == [True, False]
    assert found(f"#{lost_parcel.number}") == [True, False]
    assert found("where is") == [True, False]
    assert found("100%") == [False, False]


def test_an_agent_is_no_customer(nadia, client_of):
    assert client_of(nadia).get("/help/requests").status_code == 403


def test_a_flood_is_slowed_and_the_words_kept(browser, lost_parcel, monkeypatch):
    monkeypatch.setattr(messages, "WRITING", replace(paces.WRITING, free=1))
    address = f"/help/requests/{lost_parcel.number}/messages"
    browser.post(address, {"text": "One", "key": uuid4()})

    answer = browser.post(address, {"text": "Two", "key": uuid4()})

    assert answer.status_code == 429
    assert "Two" in answer.content.decode()


def test_the_pages_cost_the_same_queries_for_one_row_and_for_three(
    vera, nadia, lost_parcel, write, django_assert_num_queries
):
    at = clock.now()
    with django_assert_num_queries(3):
        queries.requests_of(vera.user, at=at)
        queries.words_on(lost_parcel, at=at)
    for number in range(2):
        write(subject=f"More {number}")
        lost_parcel.reply(text="Yes", by=nadia, at=NINE)
    with django_assert_num_queries(3):
        assert len(queries.requests_of(vera.user, at=at)) == 3
        assert len(queries.words_on(lost_parcel, at=at)) == 3

"""Coming in by a link: who gets one, what it opens, and that it tells strangers nothing."""

from datetime import timedelta

import pytest
from django.test import Client

from handrail.accounts.models import User
from handrail.customers.models import Identity, Person
from handrail.kit import clock
from handrail.portal import links
from handrail.portal.guests import guest_at
from handrail.portal.models import PortalLink
from handrail.tickets.models import Ticket

STRANGER = "nobody@elsewhere.example"


def test_a_customer_asks_for_a_link_and_comes_in(vera, lost_parcel, ask_for_link, path_of):
    browser = Client()
    (letter,) = ask_for_link("Vera@Nordlys.example", browser)

    assert browser.get(path_of(letter)).status_code == 200
    answer = browser.post(path_of(letter))

    assert (answer.status_code, answer["Location"]) == (302, "/help/requests")
    assert "Where is my parcel?" in browser.get("/help/requests").content.decode()


def test_S_048_the_answer_is_the_same_for_customers_and_strangers(vera, house):
    known, unknown = (
        Client().post("/help/sign-in", {"email": address}) for address in (vera.user.email, STRANGER)
    )

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert known.content == unknown.content
    assert {*known.headers} == {*unknown.headers}


def test_a_stranger_gets_no_mail_from_us(house, ask_for_link):
    assert ask_for_link(STRANGER) == []


def test_who_has_written_before_becomes_a_user_by_the_link(house, write, ask_for_link, path_of):
    ticket = write(address="mira@new.example", name="Mira Novak").ticket
    assert not User.objects.filter(email="mira@new.example").exists()
    (letter,) = ask_for_link("mira@new.example")

    browser = Client()
    browser.post(path_of(letter))

    user = User.objects.get(email="mira@new.example")
    assert (user.name, user.role.key, user.has_usable_password()) == ("Mira Novak", "customer", False)
    assert list(user.brands.all()) == [house.harbour]
    assert Identity.objects.get(value="mira@new.example").verified_at is not None
    assert list(Ticket.objects.requested_by(user)) == [ticket]


def test_S_067_until_the_mailbox_is_proven_nobody_sees_its_tickets(house, write, ask_for_link):
    write(address="mira@new.example", name="Mira Novak")

    ask_for_link("mira@new.example")

    assert not User.objects.filter(email="mira@new.example").exists()
    assert Identity.objects.get(value="mira@new.example").verified_at is None


def test_S_067_an_unproven_address_on_somebodys_person_opens_nothing(vera, lost_parcel, ask_for_link):
    Identity.objects.create(
        person=vera, kind="email", value="claims@elsewhere.example", created_at=vera.created_at
    )

    assert ask_for_link("claims@elsewhere.example") == []
    assert guest_at("claims@elsewhere.example") is None


def test_a_proven_second_address_opens_the_same_door(vera, lost_parcel, ask_for_link, path_of):
    Identity.objects.create(
        person=vera,
        kind="email",
        value="vera@home.example",
        created_at=vera.created_at,
        verified_at=vera.created_at,
    )

    (letter,) = ask_for_link("vera@home.example")
    browser = Client()
    browser.post(path_of(letter))

    assert "Where is my parcel?" in browser.get("/help/requests").content.decode()
    assert User.objects.filter(email__contains="vera").count() == 1


def test_S_052_a_scanner_that_opens_the_link_spends_nothing(vera, ask_for_link, path_of):
    (letter,) = ask_for_link(vera.user.email)

    Client().get(path_of(letter))
    Client().head(path_of(letter))

    assert Client().post(path_of(letter)).status_code == 302


def test_S_054_a_link_works_once_within_the_hour_and_not_at_all_when_changed(vera, ask_for_link, path_of):
    (letter,) = ask_for_link(vera.user.email)
    path = path_of(letter)

    assert Client().post(path[:-1] + ("A" if path[-1] != "A" else "B")).status_code == 410
    assert Client().post(path).status_code == 302
    assert Client().post(path).status_code == 410
    assert Client().get("/help/link/%00").status_code in (404, 410)


def test_S_054_an_old_link_is_refused(vera):
    secret = links.issue(address=vera.user.email, at=clock.now() - timedelta(minutes=61)).rsplit("/", 1)[-1]

    assert Client().post(f"/help/link/{secret}").status_code == 410


def test_S_054_the_secret_itself_is_never_kept(vera):
    secret = links.issue(address=vera.user.email, at=clock.now()).rsplit("/", 1)[-1]

    assert len(secret) * 6 >= 128
    assert secret not in str(list(PortalLink.objects.values_list()))


def test_S_053_the_link_leads_to_our_own_address_whatever_the_browser_says(vera, mailed):
    hostile = Client(headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"})
    hostile.post("/help/sign-in", {"email": vera.user.email})

    (letter,) = mailed(vera.user.email)

    assert letter.link.startswith("http://127.0.0.1:8000/help/link/")


def test_a_suspended_customer_gets_no_link_and_cannot_use_an_old_one(vera, ask_for_link, path_of):
    (letter,) = ask_for_link(vera.user.email)
    User.objects.filter(pk=vera.user.pk).update(is_active=False)

    assert len(ask_for_link(vera.user.email)) == 1
    assert Client().post(path_of(letter)).status_code == 410


def test_S_046_an_address_gets_three_links_an_hour_whoever_asks(vera, mailed):
    for number in range(8):
        Client(REMOTE_ADDR=f"198.51.100.{number}").post("/help/sign-in", {"email": vera.user.email})

    assert len(mailed(vera.user.email)) == 3


def test_S_049_one_network_asks_ten_times_an_hour(house):
    answers = [Client().post("/help/sign-in", {"email": f"p{n}@many.example"}) for n in range(12)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429] * 2


def test_a_mistyped_address_is_kept_and_explained(house):
    answer = Client().post("/help/sign-in", {"email": "vera@"})

    assert answer.status_code == 422
    assert 'value="vera@"' in answer.content.decode()


def test_after_coming_in_one_is_where_one_wanted_to_be(vera, lost_parcel, ask_for_link, path_of):
    wanted = f"/help/requests/{lost_parcel.number}"
    door = Client().get(wanted)
    assert door["Location"] == f"/help?next=%2Fhelp%2Frequests%2F{lost_parcel.number}"

    (letter,) = ask_for_link(vera.user.email, next=wanted)

    assert Client().post(path_of(letter))["Location"] == wanted


@pytest.mark.parametrize(
    "next", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_nobody_is_sent_to_a_stranger_after_coming_in(vera, ask_for_link, path_of, next):
    (letter,) = ask_for_link(vera.user.email, next=next)

    assert Client().post(path_of(letter))["Location"] == "/help/requests"


def test_leaving_ends_the_session(vera, client_of):
    browser = client_of(vera)

    assert browser.get("/help/sign-out").status_code == 405
    browser.post("/help/sign-out")

    assert browser.get("/help/requests").status_code == 302


def test_two_presses_of_the_same_first_link_make_one_user(house, write, ask_for_link, path_of):
    write(address="mira@new.example", name="Mira Novak")
    first, second = ask_for_link("mira@new.example") + ask_for_link("mira@new.example")[1:]

    assert Client().post(path_of(first)).status_code == 302
    assert Client().post(path_of(second)).status_code == 302

    assert User.objects.filter(email="mira@new.example").count() == 1
    assert Person.objects.filter(user__email="mira@new.example").count() == 1

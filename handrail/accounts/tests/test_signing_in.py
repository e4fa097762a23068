"""Coming in and going out."""

from django.test import Client

from handrail.accounts import links
from handrail.accounts.models import Session
from handrail.kit import clock


def test_a_page_for_colleagues_sends_strangers_to_the_sign_in(db):
    answer = Client().get("/sign-in")

    assert answer.status_code == 200


def test_an_address_and_its_password_open_a_session(nadia):
    nadia.user.set_password("a quiet harbour at dawn")
    nadia.user.save()
    browser = Client()

    answer = browser.post(
        "/sign-in", {"email": "NADIA@harbour.example", "password": "a quiet harbour at dawn", "next": "/t/1"}
    )

    assert (answer.status_code, answer["Location"]) == (302, "/t/1")
    assert Session.objects.get().user == nadia.user


def test_a_wrong_password_keeps_what_was_typed_and_opens_nothing(nadia):
    answer = Client().post("/sign-in", {"email": "nadia@harbour.example", "password": "wrong"})

    assert answer.status_code == 422
    assert "nadia@harbour.example" in answer.content.decode()
    assert not Session.objects.exclude(user=None).exists()


def test_a_link_opens_the_door_once(nadia):
    path = links.issue(user=nadia.user, at=clock.now()).removeprefix("http://127.0.0.1:8000")

    assert Client().get(path).status_code == 200
    assert Client().post(path).status_code == 302
    assert Client().post(path).status_code == 410


def test_signing_out_ends_the_session(nadia, client_of):
    browser = client_of(nadia)

    browser.post("/sign-out")

    assert not Session.objects.exists()

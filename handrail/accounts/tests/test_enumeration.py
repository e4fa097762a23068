"""Nobody learns who has an account: answers and their speed are the same for known and unknown addresses."""

import re
import statistics
import time

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from handrail.accounts.models import Letter

SAMPLES = 40


def without_what_always_differs(page: bytes) -> str:
    """The page without its token against forgery and without the address that was typed."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value|name="csrf-token" content)="[^"]*"', "", page.decode())
    return re.sub(r"[\w.]+@harbour\.example", "ADDRESS", text)


PLACES = [
    ("/sign-in", {"password": "wrong"}),
    ("/sign-in/link", {"purpose": "sign-in"}),
    ("/sign-in/link", {"purpose": "password"}),
]


@pytest.mark.parametrize(("place", "typed"), PLACES)
def test_S_048_known_and_unknown_addresses_get_the_same_answer(nadia, with_password, place, typed):
    with_password(nadia)

    known = Client().post(place, {"email": "nadia@harbour.example", **typed})
    unknown = Client().post(place, {"email": "nobody@harbour.example", **typed})

    assert known.status_code == unknown.status_code
    assert dict(known.headers) | {"Content-Length": ""} == dict(unknown.headers) | {"Content-Length": ""}
    assert without_what_always_differs(known.content) == without_what_always_differs(unknown.content)


def test_S_048_a_wrong_password_takes_as_long_as_an_unknown_address(nadia, vera, with_password, settings):
    with_password(nadia)
    addresses = ("nadia@harbour.example", "vera@nordlys.example", "nobody@harbour.example")
    took: dict[str, list[float]] = {address: [] for address in addresses}

    for _sample in range(SAMPLES):
        for address in addresses:
            began = time.process_time()
            assert authenticate(None, email=address, password="wrong") is None
            took[address].append(time.process_time() - began)

    medians = [statistics.median(times) for times in took.values()]
    assert max(medians) - min(medians) < 0.020


def test_S_048_an_unknown_address_gets_no_mail(db, run_jobs):
    Client().post("/sign-in/link", {"email": "nobody@harbour.example"})
    run_jobs()

    assert not Letter.objects.exists()


def test_nobody_gets_more_than_three_mails_an_hour_whoever_asks(nadia, run_jobs):
    for _ask in range(6):
        assert Client().post("/sign-in/link", {"email": "Nadia@harbour.example"}).status_code == 200
    run_jobs()

    assert Letter.objects.count() == 3


def test_S_049_one_network_asks_for_ten_links_an_hour_at_most(db):
    answers = [Client().post("/sign-in/link", {"email": f"p{n}@harbour.example"}) for n in range(11)]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert int(answers[-1]["Retry-After"]) > 3000

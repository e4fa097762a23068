"""Guessing gets slower and slower, is noticed, and never keeps the owner out."""

from datetime import timedelta

from django.test import Client

from handrail.accounts import passkeys, throttling
from handrail.accounts.events import GuessingNoticed
from handrail.accounts.models import AuditEntry, Throttle
from handrail.accounts.tests.conftest import LOCAL, add_passkey, is_signed_in, prove_passkey
from handrail.events.models import FactRow
from handrail.kit import clock
from tests.cast import NINE

SECOND = timedelta(seconds=1)


def waits(pace, tries, *, at=NINE):
    """The wait after each of so many tries, each made as soon as it may be."""
    found = []
    for _try in range(tries):
        assert throttling.knock(pace, "nadia@harbour.example", at=at) == throttling.NO_WAIT
        wait = throttling.wait(pace, "nadia@harbour.example", at=at)
        found.append(wait)
        at += wait
    return found


def test_S_060_each_further_guess_at_an_account_waits_longer(db):
    first, later = (
        waits(throttling.ACCOUNT, 12)[:5],
        waits(throttling.ACCOUNT, 3, at=NINE + timedelta(days=1)),
    )

    assert first == [timedelta(0)] * 4 + [SECOND]
    assert later[0] == timedelta(seconds=256)
    assert throttling.ACCOUNT.longest == timedelta(minutes=15)


def test_of_two_tries_at_once_the_one_that_began_earlier_and_comes_later_need_not_wait(db):
    throttling.knock(throttling.ACCOUNT, "nadia@harbour.example", at=NINE + timedelta(milliseconds=5))

    assert throttling.knock(throttling.ACCOUNT, "nadia@harbour.example", at=NINE) == throttling.NO_WAIT


def test_S_060_after_a_hundred_guesses_in_a_row_no_password_is_looked_at_any_more(db):
    waits(throttling.ACCOUNT, 100)

    much_later = NINE + timedelta(days=3650)
    assert throttling.knock(throttling.ACCOUNT, "nadia@harbour.example", at=much_later) > timedelta(days=365)


def test_S_060_guesses_that_are_made_at_once_are_counted_before_they_are_looked_at(nadia, sign_in):
    answers = [sign_in(nadia, password=f"guess {n}").status_code for n in range(7)]

    assert answers == [422, 422, 422, 422, 422, 429, 429]


def test_S_060_an_unknown_account_is_slowed_down_alike(db, sign_in):
    answers = [sign_in(email="nobody@harbour.example", password="x").status_code for n in range(6)]

    assert answers == [422, 422, 422, 422, 422, 429]


def test_S_060_guesses_spread_over_accounts_slow_their_network(db, sign_in):
    answers = [sign_in(email=f"p{n}@harbour.example", password="x").status_code for n in range(31)]

    assert answers[:30] == [422] * 30
    assert answers[30] == 429


def test_S_060_codes_are_slowed_down_too(nadia, with_password, app_of, sign_in):
    app_of(with_password(nadia))
    browser = Client()
    sign_in(nadia, browser=browser)

    answers = [browser.post("/sign-in/second-factor", {"code": f"{n:06}"}).status_code for n in range(7)]

    assert answers == [422, 422, 422, 422, 422, 429, 429]


def test_S_060_guessing_raises_the_alarm(db):
    waits(throttling.ACCOUNT, 10)

    fact = FactRow.objects.get(kind=GuessingNoticed.kind)
    assert (fact.payload["what"], fact.payload["tries"]) == ("account", 10)
    assert AuditEntry.objects.filter(kind="guessing.noticed").exists()


def test_S_060_the_owner_still_comes_in_by_link_and_guesses_anew(nadia, sign_in, path_to):
    for n in range(6):
        sign_in(nadia, password=f"guess {n}")
    browser = Client()

    browser.post(path_to(nadia))

    assert is_signed_in(browser)
    assert sign_in(nadia, password="guess").status_code == 422


def test_S_060_the_owner_still_comes_in_by_passkey(nadia, sign_in, client_of, key):
    add_passkey(client_of(nadia), key)
    for n in range(8):
        sign_in(nadia, password=f"guess {n}", browser=Client(headers={"Host": "localhost"}))
    browser = Client()

    prove_passkey(browser, key)

    assert browser.get("/settings/security", headers=LOCAL).status_code == 200
    assert passkeys.of(nadia.user)[0].used_at is not None


def test_what_a_stranger_typed_is_kept_as_a_digest_only(db, sign_in):
    sign_in(email="my-password-by-mistake@harbour.example", password="x")

    assert "my-password" not in str(list(Throttle.objects.values_list()))


def test_throttles_are_swept_away_when_they_are_over(db):
    throttling.knock(throttling.ACCOUNT, "somebody@harbour.example", at=NINE)

    assert throttling.sweep(before=NINE) == 0
    assert throttling.sweep(before=clock.now()) == 1

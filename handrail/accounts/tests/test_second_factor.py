"""Second factors: asked for on every way in, never skipped, each code good for one time."""

import json
import re

import pytest
from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from django.test import Client

from handrail.accounts import factors, passkeys
from handrail.accounts.models import ApiToken, Role
from handrail.accounts.signing_in import How
from handrail.accounts.tests.conftest import (
    LOCAL,
    PASSWORD,
    App,
    add_passkey,
    is_signed_in,
    prove_passkey,
    viewer_of,
)
from handrail.accounts.tests.test_tokens import token_for
from handrail.kit import clock


@pytest.fixture
def required(house):
    """Agents need a second factor."""
    Role.objects.filter(key="agent").update(requires_mfa=True)


def test_a_new_app_is_asked_for_from_then_on(nadia, with_password, sign_in, app_of):
    app = app_of(with_password(nadia))
    browser = Client()

    answer = sign_in(nadia, browser=browser)
    assert answer["Location"] == "/sign-in/second-factor"
    assert not is_signed_in(browser)

    browser.post("/sign-in/second-factor", {"code": app.code()})
    assert is_signed_in(browser)


def test_a_code_counts_once(nadia, with_password, sign_in, app_of):
    app = app_of(with_password(nadia))
    code, first, second = app.code(), Client(), Client()
    for browser in (first, second):
        sign_in(nadia, browser=browser)

    first.post("/sign-in/second-factor", {"code": code})
    answer = second.post("/sign-in/second-factor", {"code": code})

    assert (is_signed_in(first), is_signed_in(second)) == (True, False)
    assert answer.status_code == 422


def test_a_recovery_code_stands_in_once_and_its_owner_is_told(
    nadia, with_password, sign_in, app_of, letters_to
):
    app_of(with_password(nadia))
    code = factors.make_recovery_codes(nadia.user, at=clock.now())[3]
    first, second = Client(), Client()
    for browser in (first, second):
        sign_in(nadia, browser=browser)

    first.post("/sign-in/second-factor", {"code": f" {code[:5]} {code[5:]} "})
    second.post("/sign-in/second-factor", {"code": code})

    assert (is_signed_in(first), is_signed_in(second)) == (True, False)
    assert "A recovery code was used" in letters_to(nadia)[-1].text


def test_secrets_of_second_factors_are_sealed_at_rest(nadia, app_of):
    app = app_of(nadia)
    codes = factors.make_recovery_codes(nadia.user, at=clock.now())

    kept = str(list(Authenticator.objects.values_list()))

    assert app.secret not in kept
    assert not any(code in kept for code in codes)


#: Every way to give a first proof, and a test for each that the second factor is asked for.
WAYS = {"password", "link", "passkey", "library"}


def test_S_059_the_list_of_ways_in_is_complete():
    assert {str(how) for how in How} == WAYS


def test_S_059_a_link_does_not_skip_the_second_factor(nadia, app_of, path_to):
    app_of(nadia)
    browser = Client()

    answer = browser.post(path_to(nadia))

    assert answer["Location"] == "/sign-in/second-factor"
    assert not is_signed_in(browser)


@pytest.mark.parametrize("purpose", ["password", "invite"])
def test_S_059_a_reset_or_an_invitation_does_not_skip_it(nadia, app_of, path_to, purpose):
    app_of(nadia)
    browser = Client()

    browser.post(path_to(nadia, purpose=purpose))

    assert not is_signed_in(browser)
    assert (
        browser.post("/settings/security/password", {"password": "seven herons over it"}).status_code == 302
    )
    assert not nadia.user.has_usable_password()


def test_S_059_being_remembered_does_not_skip_it(nadia, with_password, app_of, sign_in):
    app = app_of(with_password(nadia))
    browser = Client()
    sign_in(nadia, browser=browser, remember="on")
    browser.post("/sign-in/second-factor", {"code": app.code()})
    browser.post("/sign-out")

    answer = sign_in(nadia, browser=browser, remember="on")

    assert answer["Location"] == "/sign-in/second-factor"


def test_S_059_what_the_library_lets_in_does_not_skip_it(nadia, app_of, rf, client_of):
    app_of(nadia)
    request = rf.post("/somewhere")
    request.session = Client().session
    request.session.create()

    answer = perform_login(request, nadia.user)

    assert answer["Location"] == "/sign-in/second-factor"
    assert "_auth_user_id" not in request.session


def test_S_059_a_passkey_is_both_proofs_and_only_when_its_owner_was_verified(nadia, client_of, key):
    add_passkey(client_of(nadia), key)
    careless, careful = Client(), Client()

    prove_passkey(careless, key, verified=False)
    prove_passkey(careful, key)

    assert careless.get("/settings/security", headers=LOCAL).status_code == 302
    assert careful.get("/settings/security", headers=LOCAL).status_code == 200


def test_S_059_a_held_sign_in_is_nobody_and_ends_after_ten_minutes(nadia, with_password, app_of, sign_in):
    app = app_of(with_password(nadia))
    browser = Client()
    sign_in(nadia, browser=browser)
    session = browser.session
    session["held_sign_in"] |= {"at": "2026-11-16T09:00:00+00:00"}
    session.save()

    answer = browser.post("/sign-in/second-factor", {"code": app.code()})

    assert answer["Location"] == "/sign-in"
    assert not is_signed_in(browser)


def test_S_059_where_it_is_required_nothing_opens_before_it_is_set_up(nadia, required, path_to):
    browser = Client()
    browser.post(path_to(nadia))

    for place in ("/", "/inbox", "/settings/profile", "/settings/tokens", "/notifications"):
        assert browser.get(place)["Location"] == "/settings/security/required"
    assert browser.get("/settings/security/required").status_code == 200
    assert browser.get("/settings/security/authenticator").status_code == 200


def test_S_059_setting_it_up_opens_the_desk(nadia, required, path_to):
    browser = Client()
    browser.post(path_to(nadia))
    browser.get("/settings/security/authenticator")

    browser.post("/settings/security/authenticator", {"code": App(browser.session["new_app_secret"]).code()})

    assert browser.get("/settings/profile").status_code == 200


def test_S_059_a_session_from_before_it_was_required_proves_it_anew(nadia, client_of, app_of):
    browser = client_of(nadia)
    session = browser.session
    del session["second_factor_at"]
    session.save()
    Role.objects.filter(key="agent").update(requires_mfa=True)
    app_of(nadia)

    assert browser.get("/settings/profile")["Location"] == "/settings/security/required"
    assert browser.get("/settings/security/required")["Location"] == "/sign-in"
    assert not is_signed_in(browser)


def test_S_059_a_token_of_somebody_without_the_required_factor_opens_nothing(iris):
    secret = token_for(iris)
    Role.objects.filter(key="lead").update(requires_mfa=True)

    answer = Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/me")

    assert answer.status_code == 403


def test_S_059_no_token_is_made_without_it(iris, path_to):
    Role.objects.filter(key="lead").update(requires_mfa=True)
    browser = Client()
    browser.post(path_to(iris))

    browser.post("/settings/tokens", {"name": "Export", "days": "7", "scopes": ["tickets.reply"]})

    assert not ApiToken.objects.exists()


def test_S_059_a_live_stream_is_not_opened_without_it(nadia, required, path_to):
    browser = Client()
    browser.post(path_to(nadia))

    assert viewer_of(browser) is None


def test_changing_the_way_in_wants_a_fresh_proof(nadia, client_of, app_of):
    app = app_of(nadia)
    browser = client_of(nadia)
    session = browser.session
    session["proven_at"] = "2026-11-16T09:00:00+00:00"
    session.save()

    asked = browser.get("/settings/security/password")
    assert asked["Location"] == "/settings/security/confirmation?next=%2Fsettings%2Fsecurity%2Fpassword"

    answer = browser.post(
        "/settings/security/confirmation", {"code": app.code(), "next": "/settings/security/password"}
    )
    assert answer["Location"] == "/settings/security/password"
    assert browser.get("/settings/security/password").status_code == 200


def test_a_password_alone_confirms_nothing_where_there_is_a_second_factor(
    nadia, client_of, with_password, app_of
):
    app_of(with_password(nadia))
    browser = client_of(nadia)

    answer = browser.post("/settings/security/confirmation", {"password": PASSWORD})

    assert answer.status_code == 422


def test_a_passkey_of_another_site_or_an_old_challenge_is_refused(nadia, client_of, key):
    add_passkey(client_of(nadia), key)
    browser = Client()
    options = browser.get("/sign-in/passkey", headers=LOCAL).json()
    answer = json.dumps(key.sign(options))
    assert browser.post("/sign-in/passkey", {"credential": answer}, headers=LOCAL).status_code == 302

    again = Client()
    assert again.post("/sign-in/passkey", {"credential": answer}, headers=LOCAL).status_code == 422
    key.origin = "http://localhost:9000"
    assert prove_passkey(again, key).status_code == 422


@pytest.mark.parametrize(
    "nonsense", ["", "null", "[]", "{}", '{"response": {}}', '{"response": {"userHandle": "x"}}']
)
def test_nonsense_is_no_passkey(db, at_localhost, nonsense):
    browser = Client()
    browser.get("/sign-in/passkey", headers=LOCAL)

    assert browser.post("/sign-in/passkey", {"credential": nonsense}, headers=LOCAL).status_code == 422


def test_a_passkey_can_be_removed_by_its_owner_alone(nadia, omar, client_of, key):
    add_passkey(client_of(nadia), key)
    (passkey,) = passkeys.of(nadia.user)
    place = f"/settings/security/passkeys/{passkey.id}/removal"

    assert client_of(omar).post(place, headers=LOCAL).status_code == 404
    assert client_of(nadia).post(place, headers=LOCAL).status_code == 303
    assert passkeys.of(nadia.user) == []


def test_browsers_are_offered_no_passkey_where_the_desk_is_reached_by_a_number(nadia, client_of):
    page = client_of(nadia).get("/settings/security").content.decode()

    assert re.search(r"Passkeys.*127\.0\.0\.1|Passkeys.*testserver", page, re.DOTALL)
    assert "/settings/security/passkeys" not in page


def test_recovery_codes_are_shown_once_and_go_with_the_last_factor(nadia, client_of, app_of):
    app_of(nadia)
    browser = client_of(nadia)
    page = browser.post("/settings/security/recovery-codes").content.decode()
    assert len(re.findall(r"<li>\d{5} \d{5}</li>", page)) == 10

    browser.post("/settings/security/authenticator/removal")

    assert factors.of(nadia.user).recovery_codes is None

"""Sign-in links: they open the door once, for a short time, for one person, and looking changes nothing."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from handrail.accounts import letters, links
from handrail.accounts.models import Letter, SignInLink
from handrail.accounts.models.link import LASTS
from handrail.accounts.tests.conftest import PASSWORD, is_signed_in
from handrail.kit import clock

Purpose = SignInLink.Purpose


def test_a_link_opens_the_door_once(nadia, path_to):
    path, browser = path_to(nadia), Client()

    assert browser.post(path).status_code == 302
    assert is_signed_in(browser)
    assert Client().post(path).status_code == 410


def test_S_052_a_scanner_that_opens_the_link_spends_nothing(nadia, path_to):
    path, scanner = path_to(nadia), Client()
    for _visit in range(3):
        assert scanner.get(path).status_code == 200
        assert scanner.head(path).status_code == 200
        assert scanner.options(path).status_code == 200

    assert SignInLink.objects.get().used_at is None
    assert not is_signed_in(scanner)
    assert Client().post(path).status_code == 302


HOSTILE = [
    {"HTTP_HOST": "evil.example"},
    {"HTTP_HOST": "127.0.0.1:8000@evil.example"},
    {"HTTP_HOST": "evil.example:8000", "HTTP_X_FORWARDED_HOST": "127.0.0.1"},
    {"HTTP_HOST": "127.0.0.1", "HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_HOST": "127.0.0.1", "HTTP_FORWARDED": "host=evil.example;proto=https"},
    {"HTTP_HOST": "127.0.0.1, evil.example"},
]


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("purpose", ["sign-in", "password"])
def test_S_053_a_hostile_host_is_refused_or_changes_nothing_in_the_mail(nadia, hostile, purpose, run_jobs):
    asked = {"email": nadia.user.email, "purpose": purpose}

    answer = Client().post("/sign-in/link", asked, **hostile)
    run_jobs()

    if answer.status_code != 400:
        assert Letter.objects.get().link.startswith(f"{settings.BASE_URL}/sign-in/link/")
    assert "evil.example" not in "".join(letter.link for letter in Letter.objects.all())
    assert "evil.example" not in answer.content.decode() or answer.status_code == 400


def test_S_053_an_invitation_holds_the_configured_address(nadia, ada):
    letter = letters.send_invitation(nadia.user, by=ada.user, at=clock.now())

    assert letter.link.startswith(f"{settings.BASE_URL}/sign-in/link/")


@pytest.mark.parametrize("secret", ["", " ", "null", "None", "0" * 43, "%00", "../link", "a" * 5000])
def test_S_054_what_is_no_secret_opens_nothing(nadia, path_to, secret):
    path_to(nadia)

    answer = Client().post(f"/sign-in/link/{secret}")

    assert answer.status_code in (404, 410, 422)
    assert SignInLink.objects.get().used_at is None


def test_S_054_secrets_are_long_and_kept_as_digests_only(nadia, path_to):
    secrets = {path_to(nadia).rsplit("/", 1)[1] for _issued in range(20)}

    assert len(secrets) == 20
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", secret) for secret in secrets)  # 256 bits
    kept = str(list(SignInLink.objects.values_list()))
    assert not any(secret in kept for secret in secrets)


def test_S_054_links_end_after_an_hour_and_invitations_after_a_week():
    assert LASTS[Purpose.SIGN_IN] == LASTS[Purpose.PASSWORD] == timedelta(hours=1)
    assert LASTS[Purpose.INVITE] == timedelta(days=7)


@pytest.mark.parametrize("purpose", [Purpose.SIGN_IN, Purpose.PASSWORD, Purpose.INVITE])
def test_S_054_a_link_that_ran_out_opens_nothing(nadia, purpose):
    long_ago = clock.now() - LASTS[purpose]
    path = links.issue(user=nadia.user, purpose=purpose, at=long_ago).removeprefix(settings.BASE_URL)

    assert Client().post(path).status_code == 410


def test_S_054_a_new_password_makes_open_links_void(nadia, path_to, with_password):
    path = path_to(nadia)

    with_password(nadia)

    assert Client().post(path).status_code == 410


def test_S_054_a_new_address_makes_open_links_void(nadia, path_to):
    path = path_to(nadia)
    nadia.user.email = "nadia.haddad@harbour.example"
    nadia.user.save()

    assert Client().post(path).status_code == 410


def test_S_054_a_suspension_makes_open_links_void(nadia, ada, path_to):
    path = path_to(nadia)
    nadia.user.suspend(by=ada.user, reason="Left", at=clock.now())

    assert Client().get(path).status_code == 410
    assert Client().post(path).status_code == 410


def test_S_054_a_link_signs_in_its_own_user_whoever_is_signed_in(nadia, omar, path_to, client_of):
    browser = client_of(omar)

    browser.post(path_to(nadia))

    assert "nadia@harbour.example" in browser.get("/settings/security").content.decode()


def test_who_forgot_the_password_chooses_a_new_one_by_mail(nadia, with_password, sign_in, run_jobs):
    with_password(nadia)
    browser = Client()
    browser.post("/sign-in/link", {"email": nadia.user.email, "purpose": "password"})
    run_jobs()

    answer = browser.post(Letter.objects.latest("written_at").link.removeprefix(settings.BASE_URL))
    browser.post(answer["Location"], {"password": "seven herons over the pier"})

    assert answer["Location"] == "/settings/security/password"
    assert sign_in(nadia, password=PASSWORD).status_code == 422
    assert sign_in(nadia, password="seven herons over the pier").status_code == 302


def test_the_first_set_up_link_is_no_way_in(db):
    path = links.issue_set_up(at=clock.now()).removeprefix(settings.BASE_URL)
    secret = path.rsplit("/", 1)[1]

    assert Client().post(f"/sign-in/link/{secret}").status_code == 410
    assert links.opens_set_up(secret, at=clock.now())


def test_a_new_set_up_link_ends_the_former_one_and_spending_it_ends_it_for_good(db):
    first, second = (links.issue_set_up(at=clock.now()).rsplit("/", 1)[1] for _issued in range(2))

    links.spend_set_up(second, at=clock.now())

    assert not links.opens_set_up(first, at=clock.now())
    with pytest.raises(links.LinkRefused):
        links.spend_set_up(second, at=clock.now())


def test_the_letter_forgets_its_link_when_it_was_sent(nadia):
    letter = letters.send_sign_in_link(nadia.user, at=clock.now())
    assert letter.link not in str(list(Letter.objects.values_list()))

    letter.sent(at=clock.now())

    assert (Letter.objects.get().link, Letter.objects.get().text) == ("", "")

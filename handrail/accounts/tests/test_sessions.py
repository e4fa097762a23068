"""Sessions: a new key at the door, ended when the way in changes, seen and ended by their owner."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client

from handrail.accounts import upkeep
from handrail.accounts.models import Session
from handrail.accounts.sessions import SessionStore, digest_of
from handrail.accounts.tests.conftest import App, is_signed_in, viewer_of
from handrail.events.live import gates
from handrail.events.live.hub import CHECK_SECONDS
from handrail.kit import clock

COOKIE = settings.SESSION_COOKIE_NAME


@pytest.fixture
def devices(nadia, client_of):
    """Nadia's three devices, all signed in."""
    return [client_of(nadia) for _device in range(3)]


def test_S_055_signing_in_gives_a_new_key_and_a_planted_one_never_counts(nadia, with_password, sign_in):
    victim, planted = Client(), "p" * 32
    victim.cookies[COOKIE] = planted

    sign_in(with_password(nadia), browser=victim)

    thief = Client()
    thief.cookies[COOKIE] = planted
    assert victim.cookies[COOKIE].value != planted
    assert is_signed_in(victim)
    assert not is_signed_in(thief)


def test_S_055_the_key_of_an_anonymous_session_does_not_outlive_the_sign_in(nadia, with_password, sign_in):
    browser = Client()
    browser.get("/sign-in/passkey")  # leaves a challenge in a session of nobody
    before = browser.cookies[COOKIE].value

    sign_in(with_password(nadia), browser=browser)

    assert browser.cookies[COOKIE].value != before
    assert not Session.objects.filter(pk=digest_of(before)).exists()


def test_S_055_a_stolen_table_of_sessions_opens_nothing(devices):
    keys = [device.cookies[COOKIE].value for device in devices]

    kept = str(list(Session.objects.values_list()))

    assert not any(key in kept for key in keys)


def test_S_055_signing_out_ends_this_device_alone(devices):
    first, second, third = devices
    key = first.cookies[COOKIE].value

    first.post("/sign-out")

    thief = Client()
    thief.cookies[COOKIE] = key
    assert [is_signed_in(device) for device in (thief, second, third)] == [False, True, True]


def test_S_055_a_new_password_ends_the_other_devices_and_their_streams(devices):
    first, second, third = devices
    viewers = {viewer_of(second), viewer_of(third)}

    first.post("/settings/security/password", {"password": "seven herons over the pier"})

    assert [is_signed_in(device) for device in devices] == [True, False, False]
    assert gates.expired(viewers) == viewers


def test_S_055_a_new_second_factor_ends_the_other_devices(devices):
    first = devices[0]
    first.get("/settings/security/authenticator")
    secret = first.session["new_app_secret"]
    first.post("/settings/security/authenticator", {"code": App(secret).code()})

    assert [is_signed_in(device) for device in devices] == [True, False, False]


def test_S_055_removing_a_second_factor_ends_the_other_devices(devices, nadia, app_of):
    first = devices[0]
    app_of(nadia)

    first.post("/settings/security/authenticator/removal")

    assert [is_signed_in(device) for device in devices] == [True, False, False]


def test_S_055_a_suspension_ends_every_device_and_stream_within_five_seconds(devices, nadia, ada):
    viewers = {viewer_of(device) for device in devices}

    nadia.user.suspend(by=ada.user, reason="Left", at=clock.now())

    assert [is_signed_in(device) for device in devices] == [False, False, False]
    assert gates.expired(viewers) == viewers
    assert CHECK_SECONDS < 5


def test_S_055_a_session_that_was_ended_does_not_come_back_when_it_is_saved(devices, nadia):
    store = SessionStore(devices[0].cookies[COOKIE].value)
    store["typed"] = "something"
    Session.objects.all().delete()

    with pytest.raises(UpdateError):
        store.save()
    assert not Session.objects.exists()


def test_the_owner_sees_every_device_and_ends_one(devices, nadia):
    first, second, _third = devices
    digest = digest_of(second.cookies[COOKIE].value)
    page = first.get("/settings/security").content.decode()
    assert page.count("Sign out</button>") >= 2

    first.post(f"/settings/security/sessions/{digest}")

    assert [is_signed_in(device) for device in devices] == [True, False, True]


def test_the_owner_ends_all_devices_but_this_one(devices):
    devices[0].post("/settings/security/sessions")

    assert [is_signed_in(device) for device in devices] == [True, False, False]


def test_nobody_ends_a_session_of_somebody_else(devices, omar, client_of):
    digest = digest_of(devices[0].cookies[COOKIE].value)

    answer = client_of(omar).post(f"/settings/security/sessions/{digest}")

    assert answer.status_code == 404
    assert is_signed_in(devices[0])


def test_a_session_that_ran_out_opens_nothing_and_is_swept_away(devices, nadia):
    Session.objects.update(expires_at=clock.now() - timedelta(seconds=1))

    assert [is_signed_in(device) for device in devices] == [False, False, False]
    assert upkeep.sweep(at=clock.now()) == 3


def test_being_seen_costs_a_write_every_five_minutes_at_most(devices, django_assert_num_queries):
    Session.objects.update(seen_at=clock.now() - timedelta(minutes=6))

    devices[0].get("/settings/look")
    with django_assert_num_queries(2):  # the session, and the user with the role
        devices[0].get("/settings/look")

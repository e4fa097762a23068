"""Logged in as somebody else: said aloud, for half an hour, both names kept, and never near the way in."""

from datetime import timedelta

import pytest
from django.urls import reverse

from handrail.accounts.access import PersonalView
from handrail.accounts.models import ApiToken, AuditEntry, Disguise, Role
from handrail.accounts.tests.conftest import root_of, viewer_of
from handrail.events.live import gates
from handrail.kit import clock
from tests.architecture.routes import routes


@pytest.fixture
def ada_as_nadia(ada, nadia, client_of):
    """Ada's browser, logged in as Nadia."""
    browser = client_of(ada)
    answer = browser.post(f"/settings/disguise/{nadia.user.pk}", {"reason": "Her drafts are gone"})
    assert answer.status_code == 302
    return browser


def test_S_114_every_page_says_who_is_logged_in_as_whom_and_until_when(ada_as_nadia):
    page = ada_as_nadia.get("/settings/security").content.decode()

    assert "Ada Moreno, you are logged in as Nadia Haddad until" in page
    assert "nadia@harbour.example" in page


def test_S_114_one_sees_what_the_other_sees_and_no_more(ada_as_nadia):
    assert ada_as_nadia.get("/settings/roles").status_code == 403


def test_S_114_a_reason_is_needed(ada, nadia, client_of):
    answer = client_of(ada).post(f"/settings/disguise/{nadia.user.pk}", {"reason": " "})

    assert answer.status_code == 422
    assert not Disguise.objects.exists()


def test_S_114_both_names_and_the_reason_stand_in_the_audit(ada_as_nadia):
    ada_as_nadia.post("/settings/look", {"theme": "dark"})

    begun, acted = AuditEntry.objects.filter(kind__startswith="disguise").order_by("number")
    assert (begun.actor, begun.subject) == ("Ada Moreno", "Nadia Haddad")
    assert begun.details["reason"] == "Her drafts are gone"
    assert (acted.actor, acted.behind, acted.details["path"]) == (
        "Nadia Haddad",
        "Ada Moreno",
        "/settings/look",
    )


def test_S_114_it_ends_by_itself_after_half_an_hour(ada_as_nadia):
    viewer = viewer_of(ada_as_nadia)
    disguise = Disguise.objects.get()
    assert disguise.ends_at - disguise.begun_at == timedelta(minutes=30)

    Disguise.objects.update(ends_at=clock.now())

    assert gates.expired([viewer]) == {viewer}
    assert "ada@harbour.example" in ada_as_nadia.get("/settings/security").content.decode()
    assert AuditEntry.objects.filter(kind="disguise.ended").exists()


def test_S_114_one_is_oneself_again_with_one_click(ada_as_nadia):
    ada_as_nadia.post("/settings/disguise")

    page = ada_as_nadia.get("/settings/profile").content.decode()
    assert 'value="Ada Moreno"' in page
    assert "you are logged in as" not in page


def test_S_114_the_live_stream_watches_as_the_other(ada_as_nadia, nadia):
    assert viewer_of(ada_as_nadia).user_id == nadia.user.pk


PERSONAL = [
    route for route in routes() if route.view_class is not None and issubclass(route.view_class, PersonalView)
]
SAMPLES = {"passkey": 1, "digest": "0" * 64, "token": "0190f0c0-0000-7000-8000-000000000000"}
SAMPLES["user"] = SAMPLES["token"]


@pytest.mark.parametrize("route", PERSONAL, ids=lambda route: route.name)
def test_S_114_nothing_about_the_others_way_in_can_be_touched(route, ada_as_nadia):
    address = reverse(route.name, kwargs={name: SAMPLES[name] for name in route.parameters})

    for method in route.methods:
        assert ada_as_nadia.generic(method, address).status_code == 403


def test_S_114_passwords_factors_sessions_and_tokens_are_all_personal():
    """A new page about somebody's way in must be a PersonalView; this is the list that says so."""
    names = {route.name for route in PERSONAL}

    sensitive = (
        "password",
        "authenticator",
        "passkey-",
        "passkeys",
        "recovery",
        "session",
        "token",
        "profile",
    )
    found = {
        route.name for route in routes() if route.name.startswith(tuple(f"accounts:{s}" for s in sensitive))
    }
    assert found <= names
    assert len(found) >= 10


def test_S_114_nobody_climbs_by_it(iris, ada, nadia, house, client_of):
    Role.objects.filter(key="lead").update(rights=[*house.roles["lead"].rights, "accounts.log_in_as"])
    browser = client_of(iris)

    answer = browser.post(f"/settings/disguise/{ada.user.pk}", {"reason": "Curious"})

    assert answer.status_code == 409
    assert not Disguise.objects.exists()


def test_S_114_nobody_wears_two_or_gets_round_a_second_factor(ada, nadia, omar, client_of):
    Role.objects.filter(key="agent").update(requires_mfa=True)
    browser = client_of(ada)
    session = browser.session
    del session["second_factor_at"]
    session.save()

    answer = browser.post(f"/settings/disguise/{nadia.user.pk}", {"reason": "Her drafts are gone"})

    assert answer.status_code == 409


def test_S_114_it_ends_when_the_operator_is_suspended(ada_as_nadia, ada, house):
    ada.user.suspend(by=root_of(house), reason="Left", at=clock.now())

    assert ada_as_nadia.get("/settings/profile").status_code == 302
    assert not ApiToken.objects.exists()

"""API tokens: hashed, scoped, ending, shown once, revocable, and accepted in one header only."""

from datetime import timedelta

import pytest
from django.test import Client

from handrail.accounts.models import ApiToken
from handrail.accounts.tests.conftest import root_of
from handrail.kit import clock


def token_for(agent, *scopes, lasts=timedelta(days=7), at=None):
    """The secret of a new token."""
    wish = {"name": "Export", "scopes": scopes or ["tickets.reply"], "lasts": lasts}
    return ApiToken.make(user=agent.user, at=at or clock.now(), **wish)[1]


def program(secret, scheme="Bearer"):
    """A program that shows this token."""
    return Client(headers={"Authorization": f"{scheme} {secret}"})


def test_S_061_a_token_says_whose_it_is_and_what_it_may(iris):
    answer = program(token_for(iris, "tickets.reply", "tickets.note")).get("/api/me")

    told = answer.json()
    assert (answer.status_code, told["email"]) == (200, "iris@harbour.example")
    assert told["token"]["scopes"] == ["tickets.note", "tickets.reply"]


def test_S_061_tokens_begin_alike_for_scanners_and_are_kept_as_digests_only(iris):
    secret = token_for(iris)

    assert secret.startswith("hr_")
    assert len(secret) >= 46  # 256 bits
    assert secret not in str(list(ApiToken.objects.values_list()))


def test_S_061_a_token_is_shown_once(iris, client_of):
    browser = client_of(iris)
    wish = {"name": "Export", "days": "30", "scopes": ["tickets.reply"]}

    made = browser.post("/settings/tokens", wish).content.decode()
    later = browser.get("/settings/tokens").content.decode()

    token = ApiToken.objects.get()
    assert made.count(token.begins) >= 1
    secret = made[made.index(token.begins) :].split("<")[0]
    assert program(secret).get("/api/me").status_code == 200
    assert secret not in later
    assert token.begins in later


def test_S_061_a_token_opens_nothing_after_its_end_or_a_year_at_most(iris):
    long_ago = clock.now() - timedelta(days=8)
    assert program(token_for(iris, at=long_ago)).get("/api/me").status_code == 401

    token_for(iris, lasts=timedelta(days=5000))
    assert ApiToken.objects.latest("made_at").expires_at - clock.now() < timedelta(days=367)


def test_S_061_a_revoked_token_opens_nothing_from_the_next_call_on(iris, client_of):
    secret = token_for(iris)
    assert program(secret).get("/api/me").status_code == 200
    token = ApiToken.objects.get()

    client_of(iris).post(f"/settings/tokens/{token.pk}/revocation")

    assert program(secret).get("/api/me").status_code == 401


def test_S_061_the_last_use_is_visible(iris, client_of):
    secret = token_for(iris)
    assert "never used" in client_of(iris).get("/settings/tokens").content.decode()

    program(secret).get("/api/me")

    assert "last used" in client_of(iris).get("/settings/tokens").content.decode()


@pytest.mark.parametrize("place", ["token", "access_token", "api_key", "authorization", "bearer"])
def test_S_061_a_token_in_the_address_or_the_body_counts_for_nothing(iris, place):
    secret = token_for(iris)

    assert Client().get("/api/me", {place: secret}).status_code == 401
    assert Client().get("/api/me", {place: f"Bearer {secret}"}).status_code == 401
    assert Client().post("/api/me", {place: secret}).status_code == 401


@pytest.mark.parametrize("scheme", ["Basic", "Token", "", "Bearer Bearer"])
def test_S_061_only_the_bearer_scheme_counts(iris, scheme):
    assert program(token_for(iris), scheme).get("/api/me").status_code == 401


def test_S_061_a_session_opens_no_api_and_a_token_opens_no_page(iris, client_of):
    assert client_of(iris).get("/api/me").status_code == 401
    assert program(token_for(iris)).get("/settings/profile").status_code == 302


def test_S_061_a_token_never_may_more_than_its_owner(iris, house):
    with pytest.raises(ApiToken.AboveOwnRights):
        token_for(iris, "accounts.manage")

    secret = token_for(iris, "tickets.reply", "tickets.close")
    house.roles["lead"].edit(
        name="Lead", rights=["tickets.close"], requires_mfa=False, by=root_of(house), at=clock.now()
    )

    assert program(secret).get("/api/me").json()["token"]["scopes"] == ["tickets.close"]


def test_S_061_a_suspended_owners_token_opens_nothing(iris, ada):
    secret = token_for(iris)

    iris.user.suspend(by=ada.user, reason="Left", at=clock.now())

    assert program(secret).get("/api/me").status_code == 401


def test_nobody_revokes_a_token_of_somebody_else(iris, ada, client_of):
    token_for(iris)
    token = ApiToken.objects.get()

    assert client_of(ada).post(f"/settings/tokens/{token.pk}/revocation").status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None

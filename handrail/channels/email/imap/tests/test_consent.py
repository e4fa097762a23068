"""A Google or Microsoft mailbox is connected by consent of its owner and read with short-lived tokens."""

import pytest

from handrail.channels.email.imap import consent
from handrail.channels.email.imap.tests.conftest import lay, look
from handrail.channels.email.imap.troubles import Trouble
from handrail.channels.email.models import ImapRoad, RawMail
from handrail.channels.email.tests.conftest import a_mail


@pytest.fixture
def provider(dovecot, settings, monkeypatch):
    """The fake, in the place of both."""
    settings.MAIL_CONSENT = {"google": ("desk", "s3cret"), "microsoft": ("desk", "s3cret")}
    for name in ("GOOGLE_ACCOUNTS", "GOOGLE_TOKENS", "MICROSOFT"):
        monkeypatch.setattr(consent, name, f"http://127.0.0.1:{dovecot.consents.port}")
    return dovecot.consents


@pytest.fixture
def admin(client_of, ada):
    return client_of(ada)


def connect(admin, provider, road):
    asked = admin.post(f"/settings/mailboxes/{road.account_id}/consent")
    assert asked.status_code == 302
    return admin.get("/settings/mailboxes/consent", provider.allow(asked["Location"]), follow=True)


def unconnected(support, dovecot, ada, sign_in: str) -> ImapRoad:
    road = lay(support, dovecot, dovecot.new_user(), by=ada, sign_in=sign_in)
    ImapRoad.lay(support, secret="", by=ada.user, at=road.changed_at)
    return ImapRoad.objects.get(pk=road.pk)


@pytest.mark.parametrize("sign_in", ["google", "microsoft"])
def test_R_046_a_mailbox_whose_oauth_token_expired_is_read_with_a_new_one(
    admin, provider, support, dovecot, ada, sign_in
):
    road = unconnected(support, dovecot, ada, sign_in)
    with pytest.raises(Trouble, match="no-secret"):
        look(road)

    page = connect(admin, provider, road).content.decode()
    assert "Connected." in page
    look(road)
    dovecot.put(road.user, a_mail())

    assert look(road) == 1
    assert RawMail.objects.count() == 1
    refresh = list(provider.refreshing)[-1]
    sealed = ImapRoad.objects.get().sealed_secret
    assert ImapRoad.objects.get().secret == refresh
    assert refresh not in sealed


def test_R_046_consent_that_was_taken_back_is_said(admin, provider, support, dovecot, ada):
    road = unconnected(support, dovecot, ada, "google")
    connect(admin, provider, road)

    provider.withdraw()

    with pytest.raises(Trouble, match="consent"):
        look(road)


def test_an_answer_with_another_state_is_none_of_ours(admin, provider, support, dovecot, ada):
    road = unconnected(support, dovecot, ada, "google")
    asked = admin.post(f"/settings/mailboxes/{road.account_id}/consent")
    back = provider.allow(asked["Location"])

    page = admin.get("/settings/mailboxes/consent", {**back, "state": "guessed"}, follow=True)

    assert "belongs to no question of yours" in page.content.decode()
    assert ImapRoad.objects.get().secret == ""
    again = admin.get("/settings/mailboxes/consent", back, follow=True)  # a state is good for once
    assert "belongs to no question of yours" in again.content.decode()


def test_a_code_that_somebody_else_brings_is_worth_nothing(
    client_of, admin, iris, provider, support, dovecot, ada
):
    road = unconnected(support, dovecot, ada, "google")
    asked = admin.post(f"/settings/mailboxes/{road.account_id}/consent")
    stolen = provider.allow(asked["Location"])["code"]

    with pytest.raises(Trouble, match="consent"):
        consent.refresh_token_for(
            consent.provider_of("google"), code=stolen, verifier="x" * 50, back="http://127.0.0.1:8000/"
        )


def test_without_a_client_the_operator_is_told(admin, support, dovecot, ada):
    road = unconnected(support, dovecot, ada, "google")

    page = admin.post(f"/settings/mailboxes/{road.account_id}/consent", follow=True).content.decode()

    assert "has not entered a client" in page

"""Coming in and going out."""

from datetime import timedelta
from ipaddress import ip_network

from django.test import Client

from handrail.accounts.models import AuditEntry, Session
from handrail.accounts.tests.conftest import is_signed_in
from handrail.kit import clock


def test_a_page_for_people_who_are_signed_in_sends_strangers_to_the_door_and_back(db):
    answer = Client().get("/settings/profile?from=mail")

    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in?next=%2Fsettings%2Fprofile%3Ffrom%3Dmail"


def test_a_fragment_asked_for_without_a_session_sends_the_whole_page_to_the_door(db):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://127.0.0.1:8000/inbox/mine"}

    answer = Client().get("/settings/profile", headers=headers)

    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/sign-in?next=%2Finbox%2Fmine")


def test_an_address_and_its_password_open_a_session(nadia, with_password, sign_in):
    with_password(nadia)

    answer = sign_in(email="NADIA@harbour.example", next="/inbox/mine")

    assert (answer.status_code, answer["Location"]) == (302, "/inbox/mine")
    assert Session.objects.get().user == nadia.user


def test_a_wrong_password_keeps_what_was_typed_and_opens_nothing(nadia, with_password, sign_in):
    answer = sign_in(with_password(nadia), password="wrong")

    assert answer.status_code == 422
    assert "nadia@harbour.example" in answer.content.decode()
    assert "wrong" not in answer.content.decode()
    assert not Session.objects.exclude(user=None).exists()


def test_nobody_is_sent_to_another_site_after_signing_in(nadia, with_password, sign_in):
    for elsewhere in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        assert sign_in(with_password(nadia), next=elsewhere)["Location"] == "/"


def test_a_suspended_user_is_told_the_same_as_one_with_a_wrong_password(ada, nadia, with_password, sign_in):
    with_password(nadia).user.suspend(by=ada.user, reason="Left", at=clock.now())

    answer = sign_in(nadia)

    assert answer.status_code == 422
    assert "do not belong together" in answer.content.decode()


def test_a_session_lasts_a_day_unless_it_shall_be_remembered(nadia, with_password, sign_in):
    with_password(nadia)

    sign_in(nadia)
    sign_in(nadia, remember="on")

    lasts = sorted(row.expires_at - row.seen_at for row in Session.objects.all())
    assert lasts == [timedelta(hours=24), timedelta(days=14)]


def test_signing_out_ends_the_session_and_a_get_does_not(nadia, client_of):
    browser = client_of(nadia)
    assert browser.get("/sign-out").status_code == 405

    browser.post("/sign-out")

    assert not Session.objects.exists()
    assert not is_signed_in(browser)


def test_signing_in_and_out_and_failing_stand_in_the_audit(nadia, with_password, sign_in):
    browser = Client(headers={"X-Forwarded-For": "203.0.113.9"})
    sign_in(with_password(nadia), password="wrong", browser=browser)

    sign_in(nadia, browser=browser)
    browser.post("/sign-out")

    told = AuditEntry.objects.filter(kind__startswith="sign-in").values_list("kind", "subject", "address")
    assert list(told) == [
        ("sign-in.failed", "Nadia Haddad", "127.0.0.1"),
        ("sign-in.opened", "Nadia Haddad", "127.0.0.1"),
        ("sign-in.closed", "Nadia Haddad", "127.0.0.1"),
    ]


def test_a_trusted_proxy_tells_from_where_somebody_comes(nadia, with_password, sign_in, settings):
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.0/8"), ip_network("10.0.0.0/8")]
    forged_then_true = "6.6.6.6, 203.0.113.9, 10.1.2.3"

    sign_in(with_password(nadia), browser=Client(headers={"X-Forwarded-For": forged_then_true}))

    assert Session.objects.get().address == "203.0.113.9"

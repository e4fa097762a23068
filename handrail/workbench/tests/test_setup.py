"""The first set-up: three steps by a printed link, once, and never again."""

import pytest
from django.conf import settings
from django.test import Client

from handrail.accounts import links
from handrail.accounts.models import AuditEntry, Brand, Letter, User
from handrail.channels.email.models import EmailAccount
from handrail.kit import clock
from handrail.team.models import Agent

COMPANY = {"brand": "Harbour Parcels", "mailbox": "Support@harbour.example", "team": "Parcels"}
COLLEAGUES = {"colleagues": "nadia.haddad@harbour.example\nomar@harbour.example, ada@harbour.example"}
YOU = {
    "name": "Ada Moreno",
    "email": "ada@harbour.example",
    "language": "de",
    "timezone": "Europe/Berlin",
    "password": "a quiet harbour at dawn",
}


@pytest.fixture
def link(db) -> str:
    """The path that `handrail up --empty` prints."""
    return links.issue_set_up(at=clock.now()).removeprefix(settings.BASE_URL)


def walk(link, browser=None):
    """All three steps in one browser; the last answer."""
    browser = browser or Client()
    browser.post(f"{link}?step=company", COMPANY)
    browser.post(f"{link}?step=colleagues", COLLEAGUES)
    return browser, browser.post(f"{link}?step=you", YOU)


def test_three_steps_make_a_desk_that_takes_mail(link):
    browser, answer = walk(link)

    ada = User.objects.get(email="ada@harbour.example")
    mailbox = EmailAccount.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert mailbox.team is not None
    assert (mailbox.address, mailbox.team.name) == ("support@harbour.example", "Parcels")
    assert (ada.role.key, ada.language, ada.check_password(YOU["password"])) == ("admin", "de", True)
    assert [agent.name for agent in Agent.objects.all()] == ["Ada Moreno", "Nadia Haddad", "Omar"]
    assert browser.get("/inbox").status_code == 200
    assert AuditEntry.objects.filter(kind="desk.set-up", actor="Ada Moreno").exists()


def test_the_colleagues_get_their_way_in_and_the_founder_is_not_invited(link):
    walk(link)

    invited = set(Letter.objects.filter(kind="invitation").values_list("to", flat=True))
    assert invited == {"nadia.haddad@harbour.example", "omar@harbour.example"}


def test_S_028_the_set_up_is_closed_for_ever_once_it_was_finished(link):
    walk(link)
    again = links.issue_set_up(at=clock.now()).removeprefix(settings.BASE_URL)

    for path in (link, again):
        assert Client().get(path).status_code == 404
        assert Client().post(f"{path}?step=you", YOU | {"email": "evil@example.com"}).status_code == 404
    assert User.objects.filter(role__key="admin").count() == 1


@pytest.mark.parametrize("secret", ["0" * 43, "null", "..", "%00"])
def test_S_028_nobody_sets_up_the_desk_without_the_link(link, secret):
    assert Client().get(f"/setup/{secret}").status_code == 404
    assert Client().post(f"/setup/{secret}?step=you", YOU).status_code == 404
    assert not User.objects.exists()


def test_a_sign_in_link_opens_no_set_up(nadia):
    path = links.issue(user=nadia.user, at=clock.now())

    assert Client().get(f"/setup/{path.rsplit('/', 1)[1]}").status_code == 404


def test_of_two_browsers_that_finish_at_once_one_founds_the_desk(link):
    slow, browser = Client(), Client()
    slow.post(f"{link}?step=company", COMPANY)
    slow.post(f"{link}?step=colleagues", {})
    walk(link, browser)

    assert slow.post(f"{link}?step=you", YOU | {"email": "second@harbour.example"}).status_code == 404
    assert Brand.objects.count() == 1


def test_no_step_is_skipped_and_what_was_typed_stays(link):
    browser = Client()
    assert "Welcome to Handrail" in browser.get(f"{link}?step=you").content.decode()
    browser.post(f"{link}?step=company", COMPANY)

    assert "Who answers with you" in browser.get(f"{link}?step=you").content.decode()
    assert "Harbour Parcels" in browser.get(f"{link}?step=company").content.decode()


def test_a_weak_password_or_no_address_is_refused_and_nothing_is_made(link):
    browser = Client()
    browser.post(f"{link}?step=company", COMPANY)
    refused = browser.post(f"{link}?step=colleagues", {"colleagues": "nadia"})
    assert "“nadia” is no address" in refused.content.decode()
    browser.post(f"{link}?step=colleagues", {})

    weak = browser.post(f"{link}?step=you", YOU | {"password": "password1234"})

    assert weak.status_code == 422
    assert "password1234" not in weak.content.decode()
    assert not User.objects.exists()


def test_a_password_never_waits_in_the_session(link):
    browser = Client()
    browser.post(f"{link}?step=company", COMPANY)
    browser.post(f"{link}?step=colleagues", {})
    browser.post(f"{link}?step=you", YOU | {"email": "no address"})

    assert YOU["password"] not in str(dict(browser.session))

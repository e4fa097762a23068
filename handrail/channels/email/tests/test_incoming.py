"""The page of how a mailbox gets its mail: it tries, saves, says what is wrong, and gives no secret away."""

from datetime import timedelta

import pytest

from handrail.channels.email import health
from handrail.channels.email.imap.tests.conftest import dovecot, lay
from handrail.channels.email.imap.tests.dovecot import PASSWORD
from handrail.channels.email.models import EmailAccount, ImapRoad, MailHook
from handrail.kit import clock
from tests.cast import NINE

__all__ = ["dovecot"]


@pytest.fixture
def given(dovecot) -> dict[str, object]:
    return {
        "sign_in": "password",
        "host": "127.0.0.1",
        "port": dovecot.port,
        "security": "plain",
        "user": dovecot.new_user(),
        "password": PASSWORD,
        "folder": "INBOX",
        "afterwards": "read",
        "history_days": 0,
    }


@pytest.fixture
def servers_here(settings):
    from ipaddress import ip_network

    settings.MAIL_SERVER_NETWORKS = [ip_network("127.0.0.0/8")]


@pytest.fixture
def admin(client_of, ada):
    return client_of(ada)


def at(mailbox: EmailAccount, what: str = "imap") -> str:
    return f"/settings/mailboxes/{mailbox.pk}/{what}"


def test_trying_says_that_it_works_and_lists_the_folders_and_saves_nothing(
    admin, support, given, dovecot, servers_here
):
    with dovecot.at(given["user"]) as client:
        client.create_folder("Kunden")
    dovecot.put(given["user"], b"Subject: x\r\n\r\ny\r\n")

    page = admin.post(at(support), {**given, "trial": "yes"}).content.decode()

    assert "It works" in page
    assert "INBOX · Kunden" in page
    assert "1 mail lies in this folder" in page
    assert not ImapRoad.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password": "wrong-password-1"}, "refuses this user or password"),
        ({"port": 1}, "does not answer"),
        ({"folder": "Nowhere"}, "no folder of this name"),
        ({"security": "tls"}, "No encrypted connection came about"),
    ],
)
def test_what_is_wrong_is_said_in_words_of_ours(admin, support, given, servers_here, wrong, said):
    page = admin.post(at(support), {**given, **wrong, "trial": "yes"}).content.decode()

    assert said in page
    assert "Dovecot" not in page
    assert "AUTHENTICATIONFAILED" not in page


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "0x7f000001", "127.1"])
def test_S_071_an_internal_host_answers_like_one_that_does_not_exist(admin, support, given, host):
    inside = admin.post(at(support), {**given, "host": host, "security": "tls", "trial": "yes"})
    nowhere = admin.post(
        at(support), {**given, "host": "nowhere.localhost.", "security": "tls", "trial": "yes"}
    )

    assert "This server cannot be reached from here." in inside.content.decode()
    assert "This server cannot be reached from here." in nowhere.content.decode()


def test_S_071_only_who_manages_mail_may_try(client_of, nadia, support, given):
    assert client_of(nadia).post(at(support), {**given, "trial": "yes"}).status_code == 403


def test_a_saved_password_is_sealed_never_shown_and_kept_when_left_empty(admin, support, given):
    admin.post(at(support), given)
    road = ImapRoad.objects.get()
    assert (road.secret, PASSWORD in road.sealed_secret) == (PASSWORD, False)

    page = admin.post(at(support), {**given, "password": "", "folder": "Other"}, follow=True).content.decode()

    road.refresh_from_db()
    assert (road.secret, road.folder) == (PASSWORD, "Other")
    assert PASSWORD not in page


def test_a_known_password_is_never_sent_to_another_server(admin, support, given):
    admin.post(at(support), given)
    elsewhere = {**given, "host": "evil.example", "password": ""}

    for further in ({}, {"trial": "yes"}):
        assert admin.post(at(support), {**elsewhere, **further}).status_code == 422

    assert ImapRoad.objects.get().host == "127.0.0.1"


def test_it_can_be_paused_gone_on_with_and_ended(admin, support, given):
    admin.post(at(support), given)

    admin.post(at(support, "imap/pause"), {"paused": "yes"})
    assert ImapRoad.objects.get().is_paused
    admin.post(at(support, "imap/pause"), {"paused": "no"})
    assert not ImapRoad.objects.get().is_paused
    admin.post(at(support, "imap/removal"))

    assert not ImapRoad.objects.exists()


def test_a_hook_needs_a_secret_that_cannot_be_guessed(admin, support):
    assert admin.post(at(support, "hook"), {"provider": "mailgun"}).status_code == 422
    assert admin.post(at(support, "hook"), {"provider": "mailgun", "secret": "short"}).status_code == 422

    answer = admin.post(at(support, "hook"), {"provider": "mailgun", "secret": "k" * 20}, follow=True)

    hook = MailHook.objects.get()
    assert f"/hooks/mail/mailgun/{hook.key}" in answer.content.decode()
    assert "k" * 20 not in answer.content.decode()


def test_failures_and_neglect_are_told_on_the_pages_and_to_the_doctor(admin, support, dovecot, ada):
    road = lay(support, dovecot, "user0", by=ada)
    assert [each.state for each in health.mailbox_health()] == ["waiting"]
    road.failed("sign-in", at=clock.now())

    told = health.mailbox_health()[0]

    assert (told.state, told.address) == ("failing", "support@harbour.example")
    assert "refuses this user or password" in admin.get(at(support, "incoming")).content.decode()
    assert "cannot be read" in admin.get("/settings/mailboxes").content.decode()
    later = health.of(support, at=clock.now() + timedelta(hours=1))
    assert later.trouble is not None
    road.looked(at=clock.now())
    assert health.of(EmailAccount.objects.get(), at=clock.now()).state == "fine"


def test_the_list_costs_the_same_queries_for_one_mailbox_and_for_three(
    admin, support, house, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        admin.get("/settings/mailboxes")
    for name in ("a", "b"):
        EmailAccount.open(
            address=f"{name}@harbour.example", display_name="x", brand=house.harbour, by=None, at=NINE
        )

    with CaptureQueriesContext(connection) as three:
        admin.get("/settings/mailboxes")

    assert len(three) == len(one)

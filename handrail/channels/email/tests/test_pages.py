"""The operator's pages: mailboxes, quarantine, outbox, and caught mail."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.accounts import letters
from handrail.accounts.models import Letter, User
from handrail.channels.email.models import CaughtMail, EmailAccount, OutgoingMail, RawMail, Suppression
from handrail.channels.email.tests.conftest import a_mail
from handrail.events.queries import facts_about
from handrail.kit import clock, drains
from handrail.tickets.models import Message
from tests.cast import NINE


@pytest.fixture
def browser(client_of, ada):
    """Ada, the operator, at her browser."""
    return client_of(ada)


@pytest.fixture
def stranger(client_of, house):
    """An operator of another brand."""
    return client_of(
        User.objects.invite(
            email="olga@office.example",
            name="Olga",
            role=house.roles["admin"],
            brands=[house.office],
            at=NINE,
        )
    )


@pytest.fixture
def broken(deliver):
    """A mail in quarantine."""
    mail = deliver(a_mail(subject="<b>Broken</b>", text="<script>alert(1)</script>\r\n"))
    mail.quarantine("too-deep: The mail is nested deeper than 50 levels.", at=NINE)
    return mail


def test_a_mailbox_is_opened_and_takes_mail(house, browser):
    told = browser.post(
        "/settings/mailboxes",
        {
            "address": "Support@Harbour.example",
            "display_name": "Harbour Parcels",
            "brand": house.harbour.pk,
            "team": house.parcels.pk,
        },
    )

    mailbox = EmailAccount.objects.get()
    assert told.status_code == 303
    assert (mailbox.address, mailbox.brand, mailbox.team) == (
        "support@harbour.example",
        house.harbour,
        house.parcels,
    )
    assert [fact.kind for fact in facts_about(mailbox.pk)] == ["channels.email.MailboxOpened"]
    assert "support@harbour.example" in browser.get("/settings/mailboxes").content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"address": "no address"}, "valid email"),
        ({"address": "a+b@harbour.example"}, "plus"),
        ({"address": "a@-harbour.example"}, "valid email"),
        ({"brand": "00000000-0000-7000-8000-000000000000"}, "valid choice"),
    ],
)
def test_a_refused_mailbox_keeps_what_was_typed(house, browser, changed, words):
    typed = {"address": "new@harbour.example", "display_name": "Typed name", "brand": house.harbour.pk}

    told = browser.post("/settings/mailboxes", typed | changed)

    assert told.status_code == 422
    page = told.content.decode()
    assert "Typed name" in page
    assert words in page
    assert EmailAccount.objects.count() == 0


def test_a_second_mailbox_of_the_same_address_is_refused(support, house, browser):
    typed = {"address": support.address, "display_name": "Twin", "brand": house.harbour.pk}

    assert browser.post("/settings/mailboxes", typed).status_code == 409
    assert EmailAccount.objects.count() == 1


def test_a_team_of_another_brand_gets_no_mail(house, browser, support):
    typed = {"display_name": "Support", "team": house.office_desk.pk, "is_active": "on", "copies": "own"}

    assert browser.post(f"/settings/mailboxes/{support.pk}", typed).status_code == 422


def test_a_mailbox_is_renamed_moved_and_stopped(support, house, browser):
    typed = {"display_name": "Parcels by post", "team": house.billing.pk, "copies": "shared"}

    browser.post(f"/settings/mailboxes/{support.pk}", typed)

    support.refresh_from_db()
    changed = (support.display_name, support.team, support.is_active)
    assert changed == ("Parcels by post", house.billing, False)
    assert (support.copies, support.trusts_forwards) == ("shared", False)
    assert facts_about(support.pk)[-1].kind == "channels.email.MailboxChanged"


def test_S_025_an_operator_of_another_brand_sees_and_changes_nothing(
    support, broken, stranger, nadia, lost_parcel
):
    lost_parcel.reply(text="On its way", by=nadia, at=NINE)
    OutgoingMail.objects.update(state="failed", next_try_at=None)

    for place in ("mailboxes", "quarantine", "outbox"):
        page = stranger.get(f"/settings/{place}").content.decode()
        assert "support@harbour.example" not in page
        assert "nordlys" not in page
    assert stranger.post(f"/settings/mailboxes/{support.pk}", {"display_name": "x"}).status_code == 404
    assert stranger.get(f"/settings/quarantine/{broken.pk}").status_code == 404
    assert stranger.get(f"/settings/quarantine/{broken.pk}/bytes").status_code == 404
    assert stranger.post(f"/settings/quarantine/{broken.pk}/replay").status_code == 404
    stranger.post("/settings/quarantine/replays")
    assert (
        stranger.post(f"/settings/outbox/{OutgoingMail.objects.get().pk}/second-sending").status_code == 404
    )
    assert RawMail.objects.get().state == "quarantined"
    assert OutgoingMail.objects.get().state == "failed"


def test_a_mail_in_quarantine_is_listed_with_its_reason_and_shown_as_text(broken, browser):
    rows = browser.get("/settings/quarantine").content.decode()
    page = browser.get(f"/settings/quarantine/{broken.pk}").content.decode()

    assert "too-deep: The mail is nested deeper than 50 levels." in rows
    assert "&lt;b&gt;Broken&lt;/b&gt;" in rows
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in rows + page


def test_the_bytes_of_a_quarantined_mail_are_a_download_and_never_a_page(broken, browser):
    answer = browser.get(f"/settings/quarantine/{broken.pk}/bytes")

    assert answer.content == bytes(broken.raw)
    assert answer["Content-Type"].startswith("text/plain")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_mail_tried_again_becomes_a_message(broken, browser):
    browser.post(f"/settings/quarantine/{broken.pk}/replay")
    drains.empty("raw_mail")

    assert Message.objects.get().ticket.subject == "<b>Broken</b>"
    assert "Nothing in quarantine" in browser.get("/settings/quarantine").content.decode()


def test_all_of_the_quarantine_can_be_tried_again_at_once(broken, deliver, browser):
    deliver(a_mail(message_id="<2@nordlys.example>")).quarantine("again", at=NINE)

    browser.post("/settings/quarantine/replays")
    drains.empty("raw_mail")

    assert Message.objects.count() == 2


def test_a_lead_sees_the_quarantine_but_reads_no_bytes_of_it(broken, client_of, iris):
    page = client_of(iris).get("/settings/quarantine").content.decode()

    assert "too-deep" in page
    assert str(broken.pk) not in page


def test_a_failed_mail_is_listed_with_the_servers_words_and_can_be_sent_again(
    support, browser, lost_parcel, nadia, sink
):
    message = lost_parcel.reply(text="On its way", by=nadia, at=clock.now())
    sink.answers["RCPT"] = "550 no such user here"
    drains.empty("outgoing")
    sink.answers.clear()

    page = browser.get("/settings/outbox").content.decode()
    assert "550 no such user here" in page
    assert "vera@nordlys.example" in page
    browser.post(f"/settings/outbox/{OutgoingMail.objects.get().pk}/second-sending")
    message.refresh_from_db()
    assert message.delivery == Message.Delivery.QUEUED
    drains.empty("outgoing")

    assert len(sink.mails) == 1
    assert "Nothing waits" in browser.get("/settings/outbox").content.decode()
    assert "vera@nordlys.example" in browser.get("/settings/outbox?shown=sent").content.decode()


def test_caught_mail_is_shown_as_its_reader_would_see_it(browser, nadia):
    raw = (
        b'From: "Nadia" <support@harbour.example>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n'
        b"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\n"
        b"See https://desk.example/link/1 please\r\n--b\r\nContent-Type: text/html\r\n\r\n"
        b"<p onclick=x()>Open <a href=https://desk.example/link/1>the link</a></p><script>x()</script>"
        b"\r\n--b--\r\n"
    )
    mail = CaughtMail.objects.create(envelope_to=["vera@nordlys.example"], at=NINE, raw=raw)

    assert "Grüße" in browser.get("/mail").content.decode()
    page = browser.get(f"/mail/{mail.pk}").content.decode()
    body = browser.get(f"/mail/{mail.pk}/body")

    assert 'href="https://desk.example/link/1"' in page
    assert "the link" in body.content.decode()
    assert "script" not in body.content.decode()
    assert "onclick" not in body.content.decode()
    assert "sandbox" in body["Content-Security-Policy"]
    assert browser.get(f"/mail/{mail.pk}/bytes").content == raw


def test_caught_mail_that_nobody_can_read_is_shown_all_the_same(browser):
    raw = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\n" * 2_000
    mail = CaughtMail.objects.create(at=NINE, raw=raw)

    assert browser.get("/mail").status_code == 200
    assert browser.get(f"/mail/{mail.pk}").status_code == 200
    assert browser.get(f"/mail/{mail.pk}/body").status_code == 404


def test_where_a_mail_server_is_set_there_is_no_caught_mail(browser, settings):
    settings.MAIL_IS_CAUGHT = False

    assert browser.get("/mail").status_code == 404


def test_a_letter_leaves_as_a_mail_and_forgets_its_secret(sink, nadia):
    letters.send_sign_in_link(nadia.user, at=clock.now())

    drains.empty("outgoing")

    mail = sink.mails[0]
    letter = nadia_letter()
    link = re.findall(
        r"http://\S+/sign-in/link/\S+", mail.parsed.get_payload()[0].get_payload(decode=True).decode()
    )
    assert mail.sender == ""
    assert mail.recipients == ["nadia@harbour.example"]
    assert mail.parsed["Auto-Submitted"] == "auto-generated"
    assert len(link) == 1
    assert (letter.text, letter.sealed_link, letter.sent_at is not None) == ("", "", True)
    assert link[0] in mail.parsed.get_payload()[1].get_payload(decode=True).decode()


def test_a_letter_is_in_the_language_of_its_reader(sink, nadia):
    nadia.user.language = "de"
    nadia.user.save()
    letters.send_sign_in_link(nadia.user, at=clock.now())

    drains.empty("outgoing")

    assert 'lang="de"' in sink.mails[0].parsed.get_payload()[1].get_payload(decode=True).decode()


def nadia_letter():
    return Letter.objects.get(to="nadia@harbour.example")


def _mailboxes(count, house, **_others):
    for number in range(count):
        belongs = {"brand": house.harbour, "team": house.parcels}
        EmailAccount.open(address=f"m{number}@h.example", display_name="M", by=None, at=NINE, **belongs)


def _quarantined(count, deliver, **_others):
    for number in range(count):
        deliver(a_mail(message_id=f"<{number}@x.example>")).quarantine("broken", at=NINE)


def _failed(count, lost_parcel, nadia, **_others):
    for _ in range(count):
        lost_parcel.reply(text="Hello", by=nadia, at=NINE)
    OutgoingMail.objects.update(state="failed", next_try_at=None)


def _suppressed(count, house, **_others):
    for number in range(count):
        known = {"brand_id": house.harbour.pk, "address": f"p{number}@x.example", "detail": "5.1.1"}
        Suppression.add(**known, reason=Suppression.Reason.BOUNCED, at=NINE)


def _caught(count, **_others):
    for _ in range(count):
        CaughtMail.objects.create(at=NINE, raw=a_mail(), envelope_to=["a@b.example"])


@pytest.mark.parametrize(
    ("address", "make"),
    [
        ("/settings/mailboxes", _mailboxes),
        ("/settings/quarantine", _quarantined),
        ("/settings/outbox", _failed),
        ("/settings/suppressed", _suppressed),
        ("/mail", _caught),
    ],
)
def test_a_list_costs_the_same_queries_for_one_row_and_for_three(
    address, make, browser, house, deliver, lost_parcel, nadia
):
    around = {"house": house, "deliver": deliver, "lost_parcel": lost_parcel, "nadia": nadia}

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert browser.get(address).status_code == 200
        return len(seen)

    make(1, **around)
    queries()
    one = queries()
    EmailAccount.objects.filter(address__startswith="m").delete()
    make(3, **around)

    assert queries() == one


def test_a_long_list_goes_on_where_it_ended(browser):
    for number in range(60):
        CaughtMail.objects.create(at=NINE, raw=a_mail(subject=f"Mail {number:02}"))

    first = browser.get("/mail").content.decode()
    older = re.findall(r"\?before=[0-9a-f-]{36}", first)
    second = browser.get(f"/mail{older[0]}").content.decode()

    assert "Mail 59" in first
    assert "Mail 10" in first
    assert "Mail 09" not in first
    assert "Mail 09" in second
    assert "before=" not in second
    assert browser.get("/mail?before=nonsense").status_code == 200


def test_a_senders_name_stands_without_marks_and_decoded(deliver, browser):
    named = (
        '"Lind, Vera" <vera@nordlys.example>',
        "=?utf-8?q?J=C3=B6rg?= <j@nordlys.example>",
        '"" <j@n.example>',
    )
    for number, sender in enumerate(named):
        mail = deliver(a_mail(**{"from": sender, "message_id": f"<{number}@nordlys.example>"}))
        mail.quarantine("too-deep: The mail is nested deeper than 50 levels.", at=NINE)

    page = html.unescape(browser.get("/settings/quarantine").content.decode())

    shown = re.findall(r'settings/quarantine/[\w-]{36}">([^\n]+)</a>', page)
    assert sorted(shown) == ["Jörg <j@nordlys.example>", "Lind, Vera <vera@nordlys.example>", "j@n.example"]


def test_who_cannot_be_read_as_an_address_stands_as_it_was_written(deliver, browser):
    mail = deliver(b"From: ((((nobody knows\r\n\r\nx")
    mail.quarantine("nested-comments: …", at=NINE)

    assert "((((nobody knows" in browser.get("/settings/quarantine").content.decode()

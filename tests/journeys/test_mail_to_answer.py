"""The main job, on a running desk: real mail comes in, one is answered and closed, the customer replies."""

import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.desk import Desk, running_desk, wait_until
from tests.real_mail import ham, zammad_mails

pytestmark = [pytest.mark.running, pytest.mark.browser, pytest.mark.xdist_group("answer")]

VERA = b"""From: Vera Lindqvist <vera@nordlys.example>
To: support@harbour.example
Subject: Where is my parcel?
Message-ID: <one@nordlys.example>

It has said out for delivery since Tuesday.
"""
MAILS = 359
SETTLED = "SELECT count(*) FROM channels_email_rawmail WHERE state <> 'new'"
#: Among the 59 are advertisements and reports on mails that nobody here sent: they wait in the spam view.
KEPT_BACK = 10
OPENED = "SELECT number FROM tickets_ticket WHERE subject = 'Where is my parcel?'"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home: Path = tmp_path_factory.mktemp("desk")
    home.parent.chmod(0o755)
    with running_desk(home) as desk:
        yield desk


def test_real_mail_comes_in_and_each_is_exactly_one_message(desk):
    honest = ham(300)
    mails = zammad_mails() + honest

    for raw in mails:
        desk.hand_in(raw)
    wait_until(lambda: desk.value(SETTLED) == MAILS, seconds=400, otherwise=desk.last_words)

    assert len(mails) == MAILS
    became = dict(desk.rows("SELECT state, count(*) FROM channels_email_rawmail GROUP BY state"))
    assert set(became) <= {"done", "spam"}
    assert sum(became.values()) == MAILS
    assert became.get("spam", 0) <= KEPT_BACK
    assert desk.value("SELECT count(*) FROM tickets_message") == became["done"]
    assert desk.value("SELECT count(DISTINCT message_id) FROM channels_email_rawmail") == became["done"]
    kept_back = desk.rows("SELECT raw FROM channels_email_rawmail WHERE state <> 'done'")
    assert {_bare(bytes(raw)) for (raw,) in kept_back}.isdisjoint(_bare(raw) for raw in honest)


def _bare(raw: bytes) -> bytes:
    """A mail without what its transport may change at the ends of lines."""
    return b"\n".join(raw.splitlines()).strip()


def test_a_mail_is_answered_and_closed_while_a_colleague_watches_and_the_reply_reopens_it(desk, chromium):
    desk.hand_in(VERA)
    wait_until(lambda: desk.rows(OPENED), otherwise=desk.last_words)
    number = desk.value(OPENED)
    nadia, omar = (_signed_in(chromium, desk, name) for name in ("nadia", "omar"))
    nadia.goto(f"{desk.url}/inbox/unassigned/{number}")
    omar.goto(f"{desk.url}/inbox/open/{number}")
    expect(omar.locator(".message")).to_have_count(1)

    nadia.locator(".composer [contenteditable=true]").click()
    nadia.keyboard.type("It is in the van of route 12.")
    nadia.get_by_role("button", name="Send", exact=True).click()

    expect(omar.locator(".message--ours")).to_contain_text("It is in the van of route 12.")

    answer = _caught(desk)
    _threads_back(answer)

    nadia.get_by_role("button", name="Close", exact=True).click()
    nadia.get_by_role("menuitem", name="Solved").or_(nadia.get_by_role("button", name="Solved")).click()
    expect(omar.locator(".event", has_text="closed it: Solved")).to_be_visible()
    assert desk.value("SELECT status FROM tickets_ticket WHERE number = %s", number) == "closed"

    desk.hand_in(_reply_to(answer), to=email.utils.parseaddr(str(answer["Reply-To"]))[1])

    expect(nadia.locator(".message", has_text="Still not here!")).to_be_visible()
    assert desk.value("SELECT status FROM tickets_ticket WHERE number = %s", number) == "open"
    assert desk.value("SELECT count(*) FROM tickets_ticket WHERE subject LIKE '%%Where is my parcel?'") == 1


def _signed_in(chromium: Browser, desk: Desk, name: str) -> Page:
    page = chromium.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(desk.way_in(f"{name}@harbour.example"))
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(rf"^{desk.url}/(?!sign-in)"))
    return page


def _caught(desk: Desk) -> email.message.EmailMessage:
    wait_until(lambda: desk.rows("SELECT 1 FROM channels_email_caughtmail"), otherwise=desk.last_words)
    (raw,) = desk.rows("SELECT raw FROM channels_email_caughtmail")[0]
    answer = email.message_from_bytes(bytes(raw), policy=email.policy.default)
    assert isinstance(answer, email.message.EmailMessage)
    return answer


def _threads_back(answer: email.message.EmailMessage) -> None:
    """The answer says what it answers, and where a reply finds its ticket."""
    assert answer["In-Reply-To"] == "<one@nordlys.example>"
    assert str(answer["References"]).split() == ["<one@nordlys.example>"]
    assert answer["Subject"] == "Re: Where is my parcel?"
    assert email.utils.parseaddr(str(answer["To"]))[1] == "vera@nordlys.example"
    assert re.search(r"support\+\w{26,}@harbour\.example", str(answer["Reply-To"]))


def _reply_to(answer: email.message.EmailMessage) -> bytes:
    reply = email.message.EmailMessage()
    reply["From"] = "Vera Lindqvist <vera@nordlys.example>"
    reply["To"] = str(answer["Reply-To"])
    reply["Subject"] = "Re: Where is my parcel?"
    reply["Message-ID"] = "<two@nordlys.example>"
    reply["In-Reply-To"] = str(answer["Message-ID"])
    reply["References"] = f"<one@nordlys.example> {answer['Message-ID']}"
    reply.set_content("Still not here!")
    return reply.as_bytes()

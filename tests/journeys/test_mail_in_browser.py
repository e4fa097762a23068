"""Foreign mail in a real Chromium: whatever it holds, nothing runs, opens or leaves the machine."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Dialog, Page, expect

from handrail.accounts.models import Brand
from handrail.channels.email import inbound
from handrail.channels.email.models import RawMail
from handrail.channels.email.tests.conftest import deliver, support
from handrail.customers.models import Identity, Organisation
from handrail.files import storing
from handrail.kit import clock
from handrail.kit.html.tests.payloads import ALL
from handrail.tickets import receiving
from handrail.tickets.inbound import InboundFile
from handrail.tickets.models import Attachment, Message, Ticket
from tests.cast import NINE

__all__ = ["deliver", "support"]

pytestmark = pytest.mark.browser

HOME = "127.0.0.1"
#: The policy had to hold back what should not have been there any more.
HELD_BACK = re.compile(r"Content.Security.Policy|Blocked script|blocked|refused to", re.IGNORECASE)
#: All of the corpus is on paper, in one document; every so many of it in frames, which cost a request each.
FRAMED = slice(None, None, 4)
#: Frames wait until they are looked at; here nobody looks.
LOAD_ALL = "() => document.querySelectorAll('iframe').forEach(each => { each.loading = 'eager' })"
LOADED = """which => [...document.querySelectorAll(which)].every(({ contentDocument: page }) =>
    page?.readyState === 'complete' && page.URL !== 'about:blank')"""
ADD = """addresses => { for (const address of addresses) {
    const frame = document.createElement('iframe')
    frame.className = 'added'
    frame.src = address
    document.body.append(frame)
} }"""
REFUSED = """async addresses => {
    const tried = (name, build) => new Promise((done) => {
        const element = document.createElement(name)
        element.onload = () => done("loaded")
        element.onerror = () => done("refused")
        build(element)
        document.head.append(element)
    })
    const worked = (address) => new Promise((done) => {
        new Worker(address).onerror = () => done("refused")
    })
    const results = []
    for (const address of addresses) {
        results.push(await tried("script", (one) => { one.src = address }))
        results.push(await tried("link", (one) => { one.rel = "stylesheet"; one.href = address }))
        results.push(await worked(address))
    }
    return results
}"""


class Watch:
    """What a page did that it should not do."""

    def __init__(self, page: Page) -> None:
        self.page, self.seen = page, list[str]()
        page.on("dialog", self._asked_aloud)
        page.on("request", lambda request: self._asked(request.url))
        page.on("console", lambda told: self._told(told.text))
        page.on("popup", lambda opened: self.seen.append(f"window {opened.url}"))
        page.on("download", lambda file: self.seen.append(f"download {file.url}"))

    def _asked_aloud(self, dialog: Dialog) -> None:
        self.seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _asked(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https", "data", "blob") or parts.hostname not in (HOME, None):
            self.seen.append(f"request {address[:200]}")

    def _told(self, text: str) -> None:
        if HELD_BACK.search(text) or "alert" in text:
            self.seen.append(f"console {text[:200]}")

    def open(self, address: str) -> None:
        """Load the page and every frame in it, and stay on it."""
        answer = self.page.goto(address)
        assert answer
        assert answer.ok, f"{address} answered {answer.status}"
        self.page.evaluate(LOAD_ALL)
        self.settle()
        assert urlsplit(self.page.url).path == urlsplit(address).path, "the page went elsewhere"

    def frame(self, addresses: list[str]) -> None:
        """Load these in frames of this page."""
        self.page.evaluate(ADD, addresses)
        self.settle("iframe.added")

    def settle(self, which: str = "iframe") -> None:
        self.page.wait_for_function(LOADED, arg=which, timeout=60_000)


@pytest.fixture
def watched(browser: Callable[..., Page]) -> Callable[..., Watch]:
    return lambda who, **how: Watch(browser(who, **how))


def mail_of(payload: str, number: int) -> bytes:
    """A mail that carries the payload as its html and, as it is, as its text."""
    mail = EmailMessage()
    mail["From"] = "Vera Lindqvist <vera@nordlys.example>"
    mail["To"], mail["Subject"] = "support@harbour.example", "Where is my parcel?"
    mail["Message-ID"], mail["Date"] = f"<{number}@nordlys.example>", "Mon, 16 Nov 2026 09:00:00 +0000"
    mail.set_content(f"words {number} {payload}".encode("utf-8", "replace").decode())
    mail.add_alternative(
        f"<p>words {number}</p>{payload}".encode("utf-8", "replace").decode(), subtype="html"
    )
    return mail.as_bytes()


@pytest.fixture
def hostile_ticket(house: Any, vera: Any) -> Ticket:
    """Vera's ticket with every payload of the corpus, each come as a mail of its own."""
    ticket: Ticket | None = None
    for number, payload in enumerate(ALL):
        read = inbound.to_inbound(inbound.read(mail_of(payload, number)))
        kept = receiving.receive(read, brand=house.harbour, team=house.parcels, ticket=ticket, at=NINE)
        ticket = kept.ticket
    assert ticket is not None
    assert Message.objects.filter(ticket=ticket).exclude(html="").count() == len(ALL) >= 120
    return ticket


def test_S_001_no_mail_of_the_corpus_does_anything_wherever_it_is_shown(
    watched: Callable[..., Watch], nadia: Any, vera: Any, hostile_ticket: Ticket
) -> None:
    number = hostile_ticket.number
    messages = list(Message.objects.filter(ticket=hostile_ticket))
    desk, portal = watched(nadia), watched(vera)

    desk.open(f"/inbox/open/{number}")
    expect(desk.page.locator(".message")).to_have_count(30)
    desk.frame([f"/tickets/{number}/messages/{each.pk}/body" for each in messages[FRAMED]])
    desk.open(f"/tickets/{number}/print")
    expect(desk.page.locator("article")).to_have_count(len(ALL))
    portal.page.goto(f"/help/requests/{number}")
    expect(portal.page.locator(".message")).to_have_count(len(ALL))
    portal.frame([f"/help/requests/{number}/messages/{each.pk}/body" for each in messages[FRAMED]])

    assert desk.seen == []
    assert portal.seen == []


def test_S_002_the_corpus_in_every_short_field_is_shown_as_it_was_written(
    watched: Callable[..., Watch], ada: Any, vera: Any, lost_parcel: Ticket, write: Callable[..., Message]
) -> None:
    payloads = [each.replace("\x00", "").replace("\n", " ")[:180] for each in ALL]
    worst = payloads[::6]
    for number, payload in enumerate(worst):
        file = InboundFile(name=payload, type=payload, content=b"x", inline=False, content_id=payload)
        write(
            subject=payload,
            name=payload,
            address=f"n{number}@writes.example",
            text=payload,
            reply_text=payload,
            cc=((payload, f"cc{number}@writes.example"),),
            files=(file,),
            external_id=payload,
        )
    ticket = Ticket.objects.order_by("-id").first()
    assert ticket is not None
    for payload in worst:
        ticket.tag(payload[:50], by=ada, at=NINE)
        ticket.note(text=payload, by=ada, at=NINE)
    Organisation.objects.update(name=payloads[0])
    Brand.objects.update(name=payloads[1])
    desk = watched(ada)

    for address in ("/inbox/open", f"/inbox/open/{ticket.number}", f"/tickets/{ticket.number}/print?notes"):
        desk.open(address)
    desk.open("/customers")
    desk.open("/inbox/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    desk.open(f"/customers/{Identity.objects.latest('id').person_id}")

    assert desk.seen == []
    desk.open(f"/inbox/open/{ticket.number}")
    expect(desk.page.locator(".ticket-head__title")).to_have_text(ticket.subject)


def test_S_002_the_corpus_in_mail_that_was_kept_back_is_text_on_the_operators_pages(
    watched: Callable[..., Watch], ada: Any, support: Any, deliver: Callable[..., RawMail]
) -> None:
    for number, payload in enumerate(ALL[::4][:48]):
        told = payload.replace("\x00", "").replace("\n", " ").replace("\r", " ")[:180]
        raw = f'From: "{told}" <n{number}@writes.example>\r\nSubject: {told}\r\n\r\n{told}'.encode()
        mail = RawMail.objects.filter(pk=deliver(raw).pk)
        state = ("held", "spam", "quarantined")[number % 3]
        mail.update(state=state, reason=f"too-deep: {told}"[:200], fingerprint=number.to_bytes(32, "big"))
    desk = watched(ada)

    for address in ("/settings/held", "/settings/spam", "/settings/quarantine"):
        desk.open(address)
        expect(desk.page.locator("tbody tr")).to_have_count(16)
        desk.open(desk.page.locator("tbody a.link").first.get_attribute("href") or "")

    assert desk.seen == []


def test_S_005_a_file_of_a_mail_is_no_script_and_no_style_of_our_pages(
    watched: Callable[..., Watch], nadia: Any, lost_parcel: Ticket
) -> None:
    message = Message.objects.get()
    kept = {
        name: storing.store(name=name, content=content, at=clock.now())
        for name, content in {
            "a.js": b"document.title = 'ran'",
            "a.css": b"body { display: none }",
            "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>top.document.title="ran"</script></svg>',
            "a.html": b"<script>top.document.title = 'ran'</script>",
        }.items()
    }
    Attachment.attach_stored(message, list(kept.values()))
    addresses = [f"/tickets/{lost_parcel.number}/attachments/{each.pk}" for each in message.attachments.all()]
    page = watched(nadia).page
    page.goto(f"/tickets/{lost_parcel.number}")

    refused = page.evaluate(REFUSED, addresses)

    assert set(refused) == {"refused"}
    assert len(refused) == 12
    assert page.title() != "ran"


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_no_sender_pushes_the_reason_and_the_buttons_off_the_operators_pages(
    browser: Callable[..., Page], ada: Any, support: Any, deliver: Callable[..., RawMail], phone: bool
) -> None:
    endless = b"From: " + b"(" * 300 + b" m@evil.example\r\nSubject: " + b"W" * 300 + b"\r\n\r\nx"
    deliver(endless).quarantine(
        "nested-comments: An address holds comments nested beyond all sense.", at=NINE
    )
    held = RawMail.objects.filter(pk=deliver(endless + b"y").pk)
    held.update(state="held", reason="our-address", fingerprint=b"f" * 32)
    page = browser(ada, phone=phone)

    for address, does in (("/settings/quarantine", "Try again"), ("/settings/held", "New ticket")):
        page.goto(address)
        expect(page.get_by_role("button", name=does, exact=True)).to_be_in_viewport(ratio=1)
        assert page.locator(".table-frame").evaluate("frame => frame.scrollWidth <= frame.clientWidth")

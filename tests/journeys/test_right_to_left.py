"""The desk in a language nobody speaks, from right to left: all words translated, none clipped.

The main pages stand in the suite; `make torture` looks at all others.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from playwright.sync_api import Page, expect

from handrail.accounts.models import User
from tests import browser as driving
from tests.architecture.test_role_table import ROWS, Row
from tests.browser import DESKTOP, PHONE
from tests.journeys.test_accessibility import address_of, is_page, viewer_of
from tests.pseudo.catalogue import write_catalogue

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("right-to-left")]  # they share one server

#: Names, and words of languages that are written as they are: filters, keys, formats, addresses.
NAMES = """
    Handrail Ctrl Esc Enter Tab Shift CSV HTML JSON URL API IMAP SMTP OAuth STARTTLS TLS SSL PDF UTC GMT DKIM
    SPF DMARC IP ID MB kB CIDR TOTP PNG JPEG Markdown BEGIN END VERSION Message-ID From Cc Bcc Pseudo
    Amazon SES Brevo MailerSend Mailgun Mailjet Mailtrap Mandrill Postal Postmark Resend SendGrid SparkPost
    Unisender
""".split()  # noqa: SIM905  a list of words reads best as words
#: Addresses, secrets, and the language of filters.
WRITTEN_SO = re.compile(r"\S+@\S+|[\w-]+(\.[\w-]+)+|^([A-Z2-7]{4} ?)+$|\S*\w[:<>]=?[\w-]\S*")
#: The pages where people spend their days; `make torture` looks at all others too.
MAIN = {
    "accounts": {"profile", "security", "role", "brand", "audit"},
    "customers": {"people", "person", "organisation"},
    "fields": {"definitions", "definition", "rule"},
    "mail": {"mailboxes", "mailbox", "held-mail", "outbox"},
    "notifications": {"list", "switches"},
    "portal": {"sign-in", "new", "show"},
    "tickets": {
        *("new", "show", "bulk-order", "macro-list", "macro-edit", "merge", "split", "links", "changes"),
        *("statuses", "checklists", "tasks", "trash"),
    },
    "workbench": {"view", "ticket", "search", "views", "saved-view"},
}
#: What stands in the page, by words: each visible text and each name that only some hear.
LOOK = """() => {
    const WRITTEN = "code, kbd, pre, samp, [lang]:not(html), .message__body, .prose--plain, .asking__text"
    const EXEMPT = `${WRITTEN}, textarea, script, style, noscript, template, select[name$=zone]`
    const shown = (one) => one.checkVisibility({ checkVisibilityCSS: true })
    const texts = [], clipped = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const one = node.parentElement
        if (!node.data.trim() || one.closest(EXEMPT)) continue
        texts.push(node.data.trim())
        if (!shown(one)) continue
        const style = getComputedStyle(one)
        const flows = style.display.startsWith("inline") && style.overflowX === "visible"
        const isOver = one.clientWidth > 2 && !flows && one.scrollWidth - one.clientWidth > 2
        if (isOver && node.data.includes("\\u200f")) clipped.push(`${one.className}: ${node.data.trim()}`)
    }
    const NAMES = ["aria-label", "title", "placeholder", "alt", "data-tip", "data-command", "data-confirm"]
    for (const name of NAMES)
        for (const one of document.querySelectorAll(`[${name}]`))
            if (!one.closest(EXEMPT)) texts.push(one.getAttribute(name))
    const width = document.documentElement.scrollWidth
    const rail = document.querySelector(".rail")?.getBoundingClientRect()
    return { texts, clipped, width, railAtTheStart: !rail || Math.abs(rail.right - innerWidth) < 2 }
}"""


@pytest.fixture(scope="module")
def served(
    django_db_setup: None,
    django_db_blocker: Any,
    database_server: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """A server that knows the language besides."""
    folder = tmp_path_factory.mktemp("pseudo")
    write_catalogue(folder, "ar")
    with django_db_blocker.unblock():
        address = driving._database_address()
    own = {"DJANGO_SETTINGS_MODULE": "tests.pseudo.settings", "HANDRAIL_TEST_PSEUDO": str(folder)}
    with driving.serving(address, **own) as url:
        yield url


def _known_words() -> set[str]:
    """Every word that somebody wrote, and those that are written as they are."""
    written = NAMES[:]
    for model in apps.get_models():
        for row in model._default_manager.all()[:200].values_list():
            written += [str(each) for each in row]
    return {word.lower() for words in written for word in re.findall(r"[A-Za-z]{3,}", words)}


def _problems(page: Page, address: str, known: set[str]) -> Iterator[str]:
    """What is wrong with the page that is open."""
    wide = page.evaluate(LOOK)
    for text in dict.fromkeys(wide["texts"]):
        words = re.findall(r"(?<!\w)[A-Za-z]{3,}(?!\w)", WRITTEN_SO.sub("", text))
        foreign = [word for word in words if word.lower() not in known]
        if foreign:
            yield f"{address}: not translated: {text[:90]!r} ({', '.join(foreign[:4])})"
    if not wide["railAtTheStart"]:
        yield f"{address}: the rail is not at the start"
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    narrow = page.evaluate(LOOK)
    for name, look, width in (("desktop", wide, DESKTOP["width"]), ("phone", narrow, PHONE["width"])):
        if look["width"] > width:
            yield f"{address}: {look['width']} pixels wide on a {name} of {width}"
        yield from (f"{address}: clipped on a {name}: {each}" for each in dict.fromkeys(look["clipped"]))


Look = Callable[[Callable[[Row], bool]], None]


@pytest.fixture
def look(house: Any, request: pytest.FixtureRequest, browser: Callable[..., Page]) -> Look:
    """Open the pages of some rows, each as the first who may, and tell what is wrong with any."""

    def at_pages_of(wanted: Callable[[Row], bool]) -> None:
        problems: list[str] = []
        pages: dict[str, Page] = {}
        for row in filter(wanted, ROWS):
            name = viewer_of(row)
            if row.method != "GET" or name is None:
                continue
            address = address_of(row, request)
            if name not in pages:
                pages[name] = browser(request.getfixturevalue(name) if name != "none" else None)
                pages[name].context.set_extra_http_headers({"Accept-Language": "ar"})
            User.objects.update(language="ar")
            pages[name].set_viewport_size(DESKTOP)  # type: ignore[arg-type]
            if is_page(pages[name], address):
                problems += _problems(pages[name], address, _known_words())
        assert pages
        assert problems == [], json.dumps(problems, indent=1, ensure_ascii=False)

    return at_pages_of


def _is_main(row: Row) -> bool:
    return row.route.partition(":")[2] in MAIN.get(row.room, ())


#: Rooms with further pages; /ui is for developers, who read English.
OTHERS = sorted(
    {row.room for row in ROWS if row.method == "GET" and viewer_of(row) and not _is_main(row)} - {"ui"}
)


@pytest.mark.parametrize("room", sorted(MAIN))
def test_L2_the_main_pages_read_from_right_to_left_in_longer_words(room: str, look: Look) -> None:
    look(lambda row: row.room == room and _is_main(row))


@pytest.mark.torture
@pytest.mark.parametrize("room", OTHERS)
def test_L2_so_do_all_others(room: str, look: Look) -> None:
    look(lambda row: row.room == room and not _is_main(row))


HEBREW = "שלום, איפה החבילה שלי?"
DIRECTION = "one => getComputedStyle(one).direction"


def test_L2_a_mail_in_hebrew_is_read_and_answered_from_the_right(browser, nadia, write):
    ticket = write(subject=HEBREW, text=HEBREW, reply_text=HEBREW, external_id="he@x").ticket
    page = browser(nadia)
    page.goto(f"/tickets/{ticket.number}")

    for place in (".ticket-head__title", ".message__body"):
        assert page.locator(place).first.evaluate(DIRECTION) == "rtl"
    editor = page.locator(".composer [contenteditable=true]")
    editor.press_sequentially("Hello")
    assert editor.evaluate(DIRECTION) == "ltr"
    editor.fill(HEBREW)
    expect(editor).to_have_text(HEBREW)
    assert editor.evaluate(DIRECTION) == "rtl"

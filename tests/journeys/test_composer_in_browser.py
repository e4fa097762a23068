"""The composer in a real browser: what is pasted into it, drawn with it and left in it."""

import pytest
from playwright.sync_api import Page, expect

from handrail.files import storing
from handrail.tickets.models import Draft, Message

pytestmark = pytest.mark.browser

EDITOR = ".composer [contenteditable=true]"
#: Brings what a clipboard would: words, html, or a picture drawn here.
PASTE = """async ([place, text, html, picture]) => {
    const brought = new DataTransfer()
    const words = typeof text === "number" ? "0123456789abcde\\n".repeat(text / 16) : text
    if (words) brought.setData("text/plain", words)
    if (html) brought.setData("text/html", html)
    if (picture) {
        const canvas = Object.assign(document.createElement("canvas"), { width: 240, height: 90 })
        canvas.getContext("2d").fillRect(20, 20, 100, 40)
        const blob = await new Promise((done) => canvas.toBlob(done))
        brought.items.add(new File([blob], picture, { type: "image/png" }))
    }
    const began = performance.now()
    const paste = { clipboardData: brought, bubbles: true, cancelable: true }
    document.querySelector(place).dispatchEvent(new ClipboardEvent("paste", paste))
    return performance.now() - began
}"""


def paste(page: Page, *, text: str | int = "", html: str = "", picture: str = "") -> float:
    """Paste into the editor; the milliseconds in which the page was busy. text: or so many characters."""
    milliseconds: float = page.evaluate(PASTE, [EDITOR, text, html, picture])
    return milliseconds


@pytest.fixture
def opened(browser, lost_parcel):
    """A ticket in somebody's browser, its editor loaded: `opened(nadia, phone=True)`."""

    def go(who, **options) -> Page:
        page = browser(who, **options)
        page.goto(f"/tickets/{lost_parcel.number}")
        expect(page.locator(EDITOR)).to_be_visible()
        return page

    return go


def test_S_087_twenty_megabytes_pasted_become_a_file_and_the_page_stays_quick(opened, nadia, lost_parcel):
    page = opened(nadia)
    page.locator(EDITOR).fill("See the log.")

    busy = paste(page, text=20 * 1024 * 1024)

    expect(page.locator(".file--pasted")).to_contain_text("pasted-text.txt")
    expect(page.locator("#toasts")).to_contain_text("it was attached as pasted-text.txt")
    expect(page.locator(".composer__pasted")).to_be_visible()
    expect(page.locator(EDITOR)).to_have_text("See the log.")
    assert busy < 1000
    page.locator(EDITOR).press("Control+Enter")
    expect(page.locator(".message--ours")).to_contain_text("pasted-text.txt")
    (file,) = Message.objects.get(kind="reply").attachments.select_related("stored")
    assert storing.content_of(file.stored) == b"0123456789abcde\n" * (20 * 1024 * 1024 // 16)


def test_S_087_a_text_that_fits_is_pasted_as_before(opened, nadia):
    page = opened(nadia)

    paste(page, text="Two lines\nof an answer")

    expect(page.locator(EDITOR)).to_contain_text("of an answer")
    expect(page.locator(".composer__saved")).to_have_text("Draft saved")
    assert "of an answer" in Draft.objects.get().text
    assert Draft.objects.get().files.count() == 0

"""The composer in a real browser: what is pasted into it, drawn with it and left in it."""

from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from handrail.files import storing
from handrail.kit import clock
from handrail.tickets import reviewing, sharing
from handrail.tickets.models import Draft, Message, SharedDraft

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
        page: Page = browser(who, **options)
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


def test_a_pasted_picture_stands_in_the_text_is_told_kept_and_sent(opened, nadia, lost_parcel):
    page = opened(nadia)
    page.locator(EDITOR).fill("Look:")

    paste(page, picture="label.png")

    told = page.get_by_label("What the picture shows")
    expect(told).to_have_value("label.png")
    told.fill("The label of the parcel")
    shown = page.locator(f"{EDITOR} img")
    expect(shown).to_have_js_property("naturalWidth", 240)
    expect(page.locator(".composer__saved")).to_have_text("Draft saved")
    page.reload()
    expect(page.get_by_label("What the picture shows")).to_have_value("The label of the parcel")
    page.locator(EDITOR).press("Control+Enter")
    sent = page.locator(".message--ours").get_by_role("img", name="The label of the parcel")
    expect(sent).to_have_js_property("naturalWidth", 240)
    assert Message.objects.get(kind="reply").text == "Look:\n\n[The label of the parcel]"


def test_a_picture_is_taken_out_with_its_button(opened, nadia):
    page = opened(nadia)
    paste(page, picture="label.png")

    page.get_by_role("button", name="Take the picture out").click()

    expect(page.locator(f"{EDITOR} img")).to_have_count(0)
    expect(page.locator(".composer__saved")).to_have_text("Draft saved")


def test_a_table_is_drawn_filled_by_keys_and_changed(opened, nadia):
    page = opened(nadia)
    page.locator(EDITOR).click()
    page.get_by_role("button", name="Format, tables and code").press("Enter")
    page.get_by_label("Rows").fill("2")
    page.get_by_label("Columns").fill("2")
    page.get_by_label("Columns").press("Enter")

    for word in ("Parcel", "Weight", "HB 1"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    page.keyboard.type("12 kg")
    page.get_by_role("button", name="Format, tables and code").click()
    page.get_by_role("menuitem", name="Add a row").click()
    expect(page.locator(f"{EDITOR} tr")).to_have_count(3)
    page.get_by_role("button", name="Format, tables and code").click()
    page.get_by_role("menuitem", name="Add a column").click()
    expect(page.locator(f"{EDITOR} tr").first.locator("th")).to_have_count(3)
    page.get_by_role("button", name="Format, tables and code").click()
    page.get_by_role("menuitem", name="Remove the column").click()
    expect(page.locator(f"{EDITOR} tr").first.locator("th")).to_have_count(2)
    page.locator(EDITOR).press("Control+Enter")

    expect(page.locator(".message--ours th").first).to_have_text("Parcel")
    lines = Message.objects.get(kind="reply").text.splitlines()
    assert lines == ["Parcel", "------", "HB 1"]


def test_a_table_from_a_spreadsheet_stays_one_although_it_brings_a_picture(opened, nadia):
    page = opened(nadia)
    cells = "<tr><td style='color:red'>HB 1</td><td>12</td></tr><tr><td>HB 2</td><td>7</td></tr>"

    paste(page, text="HB 1\t12\nHB 2\t7", html=f"<table>{cells}</table>", picture="image.png")

    expect(page.locator(f"{EDITOR} td")).to_have_text(["HB 1", "12", "HB 2", "7"])
    expect(page.locator(f"{EDITOR} img")).to_have_count(0)
    expect(page.locator(".composer__saved")).to_have_text("Draft saved")


def test_code_is_written_and_sent_as_code(opened, nadia):
    page = opened(nadia)
    page.locator(EDITOR).click()
    page.get_by_role("button", name="Format, tables and code").click()
    page.get_by_role("menuitem", name="Block of code").click()
    page.keyboard.type("if late:\n    ask()")
    page.locator(EDITOR).press("Control+Enter")

    expect(page.locator(".message--ours pre code")).to_have_text("if late:\n    ask()")


def test_on_a_phone_a_wide_table_scrolls_in_its_own_box(opened, nadia, lost_parcel):
    cells = "".join(f"<td>Column number {number}</td>" for number in range(12))
    table = f"<table><tbody><tr>{cells}</tr></tbody></table>"
    lost_parcel.reply(text="Table", html=table, by=nadia, at=clock.now())
    page = opened(nadia, phone=True)

    paste(page, html=table)

    expect(page.locator(f"{EDITOR} td")).to_have_count(12)
    for box in (".message--ours .table-scroll", f"{EDITOR} .tableWrapper"):
        wide, seen = page.locator(box).evaluate("box => [box.scrollWidth, box.clientWidth]")
        assert wide > seen
    expect(page.locator(".composer__saved")).to_have_text("Draft saved")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_two_colleagues_write_one_draft_and_nothing_of_either_is_lost(opened, nadia, omar, lost_parcel):
    first = opened(nadia)
    first.locator(EDITOR).fill("It is in the van.")
    first.get_by_role("button", name="Share the draft").click()
    expect(first.get_by_text("Shared answer of Nadia Haddad")).to_be_visible()

    second = opened(omar)
    expect(second.get_by_text("Nadia Haddad shares a draft")).to_be_visible()
    second.get_by_role("link", name="Take part").click()
    expect(second.locator(EDITOR)).to_have_text("It is in the van.")
    second.locator(EDITOR).fill("It is in the blue van.")
    expect(second.locator(".composer__saved")).to_have_text("Saved for all")
    expect(first.locator(".shared-draft")).to_contain_text("Omar Benali writes now")

    first.locator(EDITOR).fill("It is in the red van.")

    expect(first.get_by_text("Omar Benali saved a newer version while you wrote")).to_be_visible()
    expect(first.locator(".difference")).to_contain_text("It is in the redblue van.")
    first.get_by_role("link", name="Show the newer version").click()
    expect(first.locator(EDITOR)).to_have_text("It is in the blue van.")
    first.get_by_text("Other words of Nadia Haddad").click()
    first.get_by_role("button", name="Take these words").click()
    expect(first.locator(EDITOR)).to_have_text("It is in the red van.")
    first.locator(EDITOR).press("Control+Enter")
    expect(first.locator(".message--ours")).to_contain_text("It is in the red van.")
    expect(second.locator(".message--ours")).to_contain_text("It is in the red van.")
    assert not SharedDraft.objects.exists()


def test_on_a_phone_a_shared_draft_is_written_in_too(opened, nadia, omar, lost_parcel):
    words: dict[str, Any] = {"mode": "note", "text": "Who called them?", "html": ""}
    sharing.share(lost_parcel, **words, by=nadia, at=clock.now())
    page = opened(omar, phone=True)

    page.get_by_role("link", name="Take part").click()
    page.locator(EDITOR).fill("I did.")

    expect(page.locator(".composer__saved")).to_have_text("Saved for all")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert SharedDraft.objects.get().text == "I did."


def test_a_trainees_answer_is_read_changed_and_leaves_under_their_name(opened, browser, nadia, iris):
    nadia.have_answers_read(True, by=iris.user, at=clock.now())
    hers = opened(nadia)
    hers.locator(EDITOR).fill("It is in the van.")
    hers.get_by_role("button", name="Ask for review").click()
    expect(hers.locator(".shared-draft")).to_contain_text("An answer of Nadia Haddad waits for review")
    assert not Message.objects.filter(kind="reply").exists()

    reader = browser(iris)
    reader.goto("/inbox")
    reader.get_by_role("link", name="Reviews").first.click()
    reader.get_by_role("link", name="Where is my parcel?").click()
    expect(reader.locator(EDITOR)).to_have_text("It is in the van.")
    reader.locator(EDITOR).fill("It is in the blue van.")
    reader.get_by_role("button", name="Approve and send").click()

    expect(reader.locator(".message--ours")).to_contain_text("It is in the blue van.")
    expect(hers.locator(".message--ours")).to_contain_text("Nadia Haddad")
    expect(hers.locator(".shared-draft")).to_have_count(0)
    assert Message.objects.get(kind="reply").agent == nadia


def test_on_a_phone_an_answer_goes_back_with_a_word_why(opened, browser, nadia, iris, lost_parcel):
    nadia.have_answers_read(True, by=iris.user, at=clock.now())
    wish = reviewing.Wish(text="It is in the van.", html="", key=uuid4())
    draft = reviewing.ask(lost_parcel, wish, by=nadia, at=clock.now())
    page = browser(iris, phone=True)
    page.goto(f"/tickets/{lost_parcel.number}/shared/{draft.pk}")
    expect(page.locator(EDITOR)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375

    page.get_by_label("Why it goes back").fill("Say when.")
    page.get_by_role("button", name="Send back").click()

    expect(page.locator(".event").last).to_contain_text("sent the answer back to Nadia Haddad: Say when.")
    assert Draft.objects.get(agent=nadia).text == "It is in the van."


def test_who_is_usually_in_copy_comes_by_one_click_and_stays_marked_as_new(opened, nadia, lost_parcel, write):
    for name in ("a", "b"):
        ticket = write(external_id=f"{name}@nordlys.example").ticket
        ticket.reply(text="Done", by=nadia, cc=[("Tom Akande", "tom@akande.example")], at=clock.now())
    page = opened(nadia)

    page.locator(EDITOR).click()
    page.get_by_role("button", name="Put tom@akande.example in copy").click()

    expect(page.locator(".recipient--outside")).to_contain_text("tom@akande.example")
    page.locator(EDITOR).fill("It is in the van.")
    page.locator(EDITOR).press("Control+Enter")
    expect(page.locator(".message--ours").last).to_contain_text("in copy: tom@akande.example")


def test_who_is_typed_into_bcc_is_put_there_once_and_comes_back_when_the_answer_is_taken_back(opened, nadia):
    page = opened(nadia)
    for line, address in (
        ("cc", "tom@akande.example"),
        ("bcc", "boss@board.example"),
        ("cc", "boss@board.example"),
    ):
        page.locator(f"input.composer__add[name={line}]").fill(address)
        page.locator(f"input.composer__add[name={line}]").press("Enter")

    expect(page.locator(".recipient--blind")).to_have_text("bcc boss@board.example×")
    expect(page.locator(".recipient")).to_have_count(2)
    page.locator(EDITOR).fill("It is in the van.")
    page.locator(EDITOR).press("Control+Enter")
    expect(page.locator(".message--ours").last).to_contain_text("in blind copy: boss@board.example")
    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".recipient--blind")).to_contain_text("bcc boss@board.example")
    expect(page.locator("input[type=hidden][name=cc]")).to_have_value("tom@akande.example")
    assert not Message.objects.filter(kind="reply").exists()

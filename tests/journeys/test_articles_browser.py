"""An article in a real browser: written, published, put into an answer by keys, opened from the mail."""

import re

import pytest
from playwright.sync_api import expect

from handrail.channels.email.tests.conftest import sink, support
from handrail.channels.email.tests.test_outbox import later
from handrail.kit import drains
from handrail.tickets.models import Message
from tests.articles import CANARY

__all__ = ["sink", "support"]
pytestmark = pytest.mark.browser


def test_an_article_is_written_published_put_into_an_answer_and_opened_from_the_mail(
    support, sink, lost_parcel, iris, browser
):
    desk = browser(iris)
    desk.goto("/articles")
    desk.keyboard.press("c")
    desk.get_by_label("Title").fill("Where is my parcel?")
    editor = desk.locator(".article-text[contenteditable=true]")
    editor.click()
    desk.keyboard.type("Ask the depot where the van is.")
    desk.get_by_role("button", name="Save").click()
    expect(desk.locator(".badge", has_text="Draft")).to_be_visible()
    desk.get_by_role("button", name="Publish").click()
    expect(desk.locator(".badge", has_text="Published")).to_be_visible()

    desk.goto(f"/inbox/unassigned/{lost_parcel.number}")
    expect(desk.locator(".composer [contenteditable=true]")).to_be_visible()
    desk.keyboard.press("i")
    expect(desk.get_by_label("Search articles")).to_be_focused()
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("button", name="Insert link: Where is my parcel?")).to_be_focused()
    desk.keyboard.press("Enter")
    composer = desk.locator(".composer [contenteditable=true]")
    expect(composer.get_by_role("link", name="Where is my parcel?")).to_be_visible()
    composer.press("Control+Enter")
    expect(desk.locator(".message--ours")).to_contain_text("Where is my parcel?")

    later()
    drains.empty("outgoing")
    mail = sink.mails[0].parsed.get_payload()[0].get_payload(decode=True).decode()
    address = re.search(r"http://\S+/help/articles/\d+-where-is-my-parcel", mail)
    assert address
    reader = browser()
    reader.goto(address[0])
    expect(reader.get_by_role("heading", name="Where is my parcel?")).to_be_visible()
    expect(reader.locator(".prose")).to_have_text("Ask the depot where the van is.")


def test_what_is_for_colleagues_says_so_under_an_answer_and_goes_into_a_note(
    colleagues_article, lost_parcel, nadia, browser
):
    desk = browser(nadia, phone=True)
    desk.goto(f"/inbox/unassigned/{lost_parcel.number}")
    editor = desk.locator(".composer [contenteditable=true]")
    editor.click()

    desk.locator(".composer").get_by_role("button", name="Articles").click()
    expect(desk.get_by_role("button", name="Insert text: Refunds on the spot")).to_be_disabled()
    expect(desk.get_by_text("Only colleagues may read it. Put it into a note.")).to_be_visible()
    assert desk.evaluate("document.documentElement.scrollWidth") <= 375
    desk.keyboard.press("Escape")
    editor.click()
    desk.locator(".composer").get_by_role("button", name="Note", exact=True).click()
    desk.locator(".composer").get_by_role("button", name="Articles").click()
    desk.get_by_role("button", name="Insert text: Refunds on the spot").click()
    expect(editor).to_contain_text(CANARY)

    desk.locator(".composer").get_by_role("button", name="Reply", exact=True).click()
    desk.locator(".composer").get_by_role("button", name="Send", exact=True).click()

    expect(desk.get_by_text("Only colleagues may read the article that holds")).to_be_visible()
    expect(editor).to_contain_text(CANARY)
    assert Message.objects.filter(kind="reply").count() == 0

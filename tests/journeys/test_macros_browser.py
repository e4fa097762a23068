"""Macros in a real browser: found by key, shown before, put where the caret stands, done with the answer."""

import pytest
from playwright.sync_api import expect

from handrail.kit import clock
from handrail.tickets.models import Macro, Message, Ticket
from handrail.tickets.models.macro import Recipe, Wording

pytestmark = pytest.mark.browser


@pytest.fixture
def late(nadia):
    said = {"": Wording(text="Hello {{customer.first_name|there}}, we look for it.")}
    steps = [["priority", "3"], ["tag", "late"]]
    recipe = Recipe(name="Parcel is late", about="While we look", actions=steps, wordings=said)
    return Macro.make(recipe, by=nadia, at=clock.now())


@pytest.fixture
def inbox(browser, nadia, lost_parcel, late):
    page = browser(nadia)
    page.goto(f"/inbox/unassigned/{lost_parcel.number}")
    expect(page.locator(".composer [contenteditable=true]")).to_be_visible()
    return page


def test_with_keys_alone_a_macro_is_found_shown_struck_and_sent(inbox, lost_parcel):
    inbox.keyboard.press("m")
    inbox.get_by_label("Sift macros").press_sequentially("late")
    inbox.get_by_role("menuitem", name="Parcel is late").press("Enter")

    words = inbox.get_by_role("region", name="What it says")
    expect(words).to_have_text("Hello Vera, we look for it.")
    expect(inbox.get_by_label("What it does")).to_contain_text("Set the priority to High")
    inbox.get_by_role("button", name="Put into the answer").press("Enter")

    expect(inbox.locator(".composer [contenteditable=true]")).to_have_text("Hello Vera, we look for it.")
    inbox.get_by_role("button", name="Without: Tag it late").press("Enter")
    expect(inbox.get_by_role("button", name="Without: Tag it late")).to_have_count(0)
    inbox.locator(".composer [contenteditable=true]").press("Control+Enter")

    expect(inbox.locator(".message--ours")).to_contain_text("Hello Vera, we look for it.")
    expect(inbox.locator(".event").last).to_contain_text("used the macro Parcel is late")
    ticket = Ticket.objects.get(pk=lost_parcel.pk)
    assert (ticket.priority, ticket.taggings.count()) == (3, 0)
    assert Message.objects.get(kind="reply").text == "Hello Vera, we look for it."


def test_what_a_macro_brought_is_there_after_a_reload(inbox):
    inbox.keyboard.press("m")
    inbox.get_by_role("menuitem", name="Parcel is late").click()
    inbox.get_by_role("button", name="Put into the answer").click()
    expect(inbox.locator(".composer__saved")).to_have_text("Draft saved")

    inbox.reload()

    expect(inbox.locator(".composer [contenteditable=true]")).to_have_text("Hello Vera, we look for it.")
    expect(inbox.locator(".composer__macro")).to_contain_text("Set the priority to High")


def test_on_a_phone_a_macro_is_used_too(browser, nadia, lost_parcel, late):
    page = browser(nadia, phone=True)
    page.goto(f"/inbox/unassigned/{lost_parcel.number}")

    page.locator(".composer [contenteditable=true]").click()
    page.get_by_role("button", name="Macros").click()
    page.get_by_role("menuitem", name="Parcel is late").click()
    page.get_by_role("button", name="Put into the answer").click()

    expect(page.locator(".composer__macro")).to_contain_text("Parcel is late")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375

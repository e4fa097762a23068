"""A new ticket in a real browser: by keys alone, on a phone, after a reload, taken back."""

import pytest
from playwright.sync_api import Page, expect

from handrail.channels.email.models import EmailAccount, OutgoingMail
from handrail.kit import clock
from handrail.tickets.models import Message, Opening, OpeningDraft, Ticket

pytestmark = pytest.mark.browser

WORDS = "The parcel never came."


@pytest.fixture
def mailbox(house) -> EmailAccount:
    return EmailAccount.open(
        address="support@harbour.example",
        display_name="Harbour Parcels",
        brand=house.harbour,
        team=house.parcels,
        by=None,
        at=clock.now(),
    )


def _editor(page: Page):
    return page.locator(".new-ticket [contenteditable=true]")


def test_a_call_is_taken_down_with_keys_alone(browser, nadia, lost_parcel, mailbox):
    page = browser(nadia)
    page.goto("/inbox/unassigned")
    page.keyboard.press("c")
    who = page.get_by_label("Who it is for", exact=True).and_(page.locator("input"))
    expect(who).to_be_focused()

    page.keyboard.type("verali")
    page.keyboard.press("Control+A")
    page.keyboard.type("vera")
    vera = page.get_by_role("button", name="Vera Lindqvist")
    expect(vera).to_be_visible()
    page.keyboard.press("Tab")
    expect(vera).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#new-ticket-who")).to_contain_text(f"#{lost_parcel.number}")

    page.get_by_label("Subject").focus()
    page.keyboard.type("She called again")
    page.keyboard.press("Enter")  # opens nothing
    _editor(page).focus()
    page.keyboard.type(WORDS)
    expect(page.locator("#new-ticket-says")).to_contain_text("customer’s words")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".message")).to_contain_text(WORDS)
    ticket = Ticket.objects.get(subject="She called again")
    assert (ticket.channel, ticket.requester, ticket.team) == ("phone", lost_parcel.requester, mailbox.team)
    assert not OpeningDraft.objects.exists()


def test_we_write_first_from_the_chosen_mailbox_and_take_it_back(browser, nadia, vera, mailbox, house):
    EmailAccount.open(
        address="orders@harbour.example", display_name="Orders", brand=house.harbour, by=None, at=clock.now()
    )
    page = browser(nadia)
    page.goto(f"/tickets/new?person={vera.pk}")
    page.get_by_label("We write first").check(force=True)
    expect(page.locator("#new-ticket-modes")).not_to_contain_text("What they said")
    page.get_by_label("From", exact=True).select_option(label="Orders <orders@harbour.example>")
    expect(page.locator("#new-ticket-says")).to_contain_text("orders@harbour.example")
    page.get_by_label("Subject").fill("Your order")
    _editor(page).press_sequentially("It leaves tomorrow.")
    page.get_by_role("button", name="Open the ticket").click()

    page.locator(".toast").get_by_role("button", name="Undo").click()

    expect(page.locator(".composer [contenteditable=true]")).to_contain_text("It leaves tomorrow.")
    assert not Message.objects.filter(kind="reply").exists()
    assert OutgoingMail.objects.filter(state="queued").count() == 0


def test_a_reload_and_a_refusal_lose_nothing(browser, nadia, vera, mailbox):
    page = browser(nadia)
    page.goto("/tickets/new?fresh")
    page.get_by_label("Subject").fill("Half a call")
    _editor(page).press_sequentially(WORDS)
    page.get_by_label("Tags").fill("late")
    expect(page.locator(".composer__saved")).to_have_text("Draft saved")

    page.reload()

    expect(page.get_by_label("Subject")).to_have_value("Half a call")
    expect(_editor(page)).to_have_text(WORDS)
    expect(page.get_by_label("Tags")).to_have_value("late")

    page.get_by_role("button", name="Open the ticket").click()

    expect(page.get_by_text("Say who it is for.")).to_be_visible()
    expect(_editor(page)).to_have_text(WORDS)
    assert not Opening.objects.exists()


def test_on_a_phone_somebody_new_is_named(browser, nadia, mailbox):
    page = browser(nadia, phone=True)
    page.goto("/inbox/unassigned")
    page.get_by_role("link", name="New ticket").click()
    page.get_by_label("Who it is for", exact=True).and_(page.locator("input")).fill("bo@ek.example")
    page.get_by_role("button", name="Somebody new").click()
    expect(page.get_by_label("Mail address")).to_have_value("bo@ek.example")
    page.get_by_label("Name").fill("Bo Ek")
    page.get_by_label("Subject").fill("New here")
    _editor(page).press_sequentially(WORDS)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.get_by_role("button", name="Open the ticket").click()

    expect(page.locator(".message")).to_contain_text(WORDS)
    assert Ticket.objects.get().requester.name == "Bo Ek"

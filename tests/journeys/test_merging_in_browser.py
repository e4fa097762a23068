"""Merging with undo, splitting, linking and looking back, in a real browser; by keyboard, on a phone too."""

import re

import pytest
from playwright.sync_api import expect

from handrail.kit import clock
from handrail.tickets import linking
from handrail.tickets.models import Draft, Message, Ticket

pytestmark = pytest.mark.browser


@pytest.fixture
def again(write, lost_parcel):
    """Vera asked once more, with a colleague in copy."""
    words = "Again: where is it?"
    copied = (("Liv Berg", "liv@nordlys.example"),)
    return write(subject="Parcel, again", text=words, reply_text=words, cc=copied, external_id="a@x").ticket


def test_two_tickets_are_merged_by_preview_and_parted_again(browser, nadia, lost_parcel, again):
    Draft.keep(ticket_id=again.pk, by=nadia, mode="reply", text="I look.", html="", at=clock.now())
    page = browser(nadia)
    page.goto(f"/tickets/{lost_parcel.number}")
    page.get_by_role("button", name="More about this ticket").click()
    page.get_by_role("menuitem", name="Merge…").click()

    page.get_by_role("link", name=f"#{again.number} Parcel, again").click()
    expect(page.get_by_role("checkbox", name="Liv Berg")).not_to_be_checked()
    expect(page.locator(".merge__thread")).to_contain_text("Again: where is it?")
    page.get_by_role("button", name=f"Merge into #{lost_parcel.number}").click()

    expect(page.locator(f"#ticket-{lost_parcel.number}-timeline")).to_contain_text("Again: where is it?")
    expect(page.locator(".composer [contenteditable=true]")).to_have_text("I look.")
    assert Ticket.objects.get(pk=again.pk).status == "merged"
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f"#ticket-{lost_parcel.number}-timeline")).not_to_contain_text("Again: where is it?")
    assert Ticket.objects.get(pk=again.pk).status == "new"
    assert Draft.objects.get().ticket == again


def test_a_message_is_split_off_on_a_phone(browser, nadia, write, lost_parcel):
    words = "And the invoice?"
    more = write(ticket=lost_parcel, text=words, reply_text=words, external_id="more@x")
    page = browser(nadia, phone=True)
    page.goto(f"/tickets/{lost_parcel.number}/split")

    page.get_by_text("And the invoice?").click()
    page.get_by_label("Subject").fill("The invoice")
    page.get_by_role("button", name="Split off").click()

    expect(page).to_have_url(re.compile(r"/tickets/\d+\?split="))
    part = Message.objects.get(pk=more.pk).ticket
    assert (part.subject, part.number != lost_parcel.number) == ("The invoice", True)
    page.get_by_role("button", name="Undo").click()
    expect(page).to_have_url(re.compile(rf"/tickets/{lost_parcel.number}$"))
    assert Message.objects.get(pk=more.pk).ticket == lost_parcel


def test_a_link_is_made_and_taken_away_in_the_panel(browser, nadia, lost_parcel, again):
    page = browser(nadia)
    page.goto(f"/tickets/{lost_parcel.number}")
    panel = page.locator(f"#ticket-{lost_parcel.number}-links")

    panel.get_by_label("What they have to do with each other").select_option("blocked-by")
    panel.get_by_label("The other ticket, by number or words").fill(str(again.number))
    panel.get_by_role("button", name="Link", exact=True).click()
    expect(panel).to_contain_text(f"Waits for #{again.number}")

    panel.get_by_role("button", name=f"Take the link to #{again.number} away").click()
    expect(panel).to_contain_text(f"The link to #{again.number} is gone.")
    panel.get_by_role("button", name="Undo").click()
    expect(panel).to_contain_text(f"Waits for #{again.number}")


def test_a_change_is_put_back_by_keyboard(browser, nadia, lost_parcel, again):
    linking.link(lost_parcel, again, way="blocks", by=nadia, at=clock.now())
    lost_parcel.prioritise(Ticket.Priority.URGENT, by=nadia, at=clock.now())
    page = browser(nadia)
    page.goto(f"/tickets/{lost_parcel.number}/changes")

    page.get_by_role("button", name="Put back: Priority").focus()
    page.keyboard.press("Enter")

    expect(page.locator("tbody tr").first).to_contain_text("Normal")
    assert Ticket.objects.get(pk=lost_parcel.pk).priority == Ticket.Priority.NORMAL

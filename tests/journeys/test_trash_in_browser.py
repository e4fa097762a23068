"""A ticket is deleted and comes back, in a real browser, by keys and on a phone."""

import pytest
from playwright.sync_api import expect

from handrail.tickets.models import Deletion, Ticket

pytestmark = pytest.mark.browser


def test_a_ticket_is_deleted_from_the_command_bar_and_taken_back_by_key(browser, iris, lost_parcel):
    page = browser(iris)
    page.goto(f"/inbox/open/{lost_parcel.number}")
    page.keyboard.press("Control+k")
    page.keyboard.type("Delete this ticket")
    expect(page.get_by_role("option", name="Delete this ticket")).to_be_visible()
    page.keyboard.press("Enter")

    page.get_by_role("radio", name="Only a test").press("Space")
    page.get_by_role("button", name="Delete").press("Enter")

    expect(page.get_by_text(f"#{lost_parcel.number} is in the trash.")).to_be_visible()
    expect(page.locator(".row")).to_have_count(0)
    assert Deletion.objects.get().reason == "a-test"

    page.keyboard.press("z")

    expect(page.get_by_role("heading", name="Where is my parcel?", level=2)).to_be_visible()
    assert Ticket.objects.get().status == "new"


def test_on_a_phone_it_is_restored_from_the_trash(browser, iris, lost_parcel):
    page = browser(iris, phone=True)
    page.goto(f"/tickets/{lost_parcel.number}/deletion")
    page.get_by_label("Another reason").fill("Vera wrote to the wrong company")
    page.get_by_role("button", name="Delete").click()
    page.goto("/trash")
    expect(page.get_by_text("Vera wrote to the wrong company")).to_be_visible()

    page.get_by_role("link", name="Where is my parcel?").click()
    expect(page.get_by_text("out for delivery")).to_be_visible()
    page.get_by_role("button", name="Restore").click()

    expect(page.locator(".ticket-head__title")).to_have_text("Where is my parcel?")

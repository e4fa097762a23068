"""Time in a real browser: with one press, typed, taken back; on a phone along with an answer."""

import pytest
from playwright.sync_api import expect

from handrail.tickets.models import TimeEntry

pytestmark = pytest.mark.browser


def test_time_is_entered_typed_wrong_mended_and_taken_back(browser, nadia, lost_parcel):
    page = browser(nadia)
    page.goto(f"/tickets/{lost_parcel.number}")
    side = page.locator(f"#ticket-{lost_parcel.number}-time")
    side.get_by_role("button", name="+15 min").press("Enter")
    expect(side).to_contain_text("15 min entered.")
    side.get_by_role("link", name="Enter time…").press("Enter")
    side.get_by_label("Time", exact=True).fill("soon")
    side.get_by_label("Time", exact=True).press("Enter")
    expect(side).to_contain_text("Write a time as 20m")
    side.get_by_label("Time", exact=True).fill("1h 20m")
    side.get_by_role("button", name="Enter", exact=True).press("Enter")
    expect(side.locator("summary")).to_contain_text("1 h 35 min")

    side.get_by_role("button", name="Remove 15 min").click()
    expect(side).to_contain_text("15 min removed.")
    side.get_by_role("button", name="Undo").click()

    expect(side.locator("summary")).to_contain_text("1 h 35 min")
    assert TimeEntry.objects.standing().count() == 2


def test_a_timer_is_started_by_a_key_survives_a_reload_and_is_confirmed(browser, nadia, lost_parcel):
    page = browser(nadia)
    page.goto(f"/tickets/{lost_parcel.number}")
    side, face = page.locator(f"#ticket-{lost_parcel.number}-time"), page.locator("#timer-face")
    expect(face).to_have_text("")

    page.keyboard.press("Shift+T")
    expect(side.get_by_role("button", name="Pause")).to_be_visible()
    expect(face).to_contain_text("0:00")
    page.reload()
    expect(side.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Shift+T")
    expect(side.get_by_role("button", name="Go on")).to_be_visible()
    side.get_by_role("button", name="Stop and enter…").click()
    expect(side.get_by_label("Time", exact=True)).to_have_value("1 min")
    side.get_by_role("button", name="Enter", exact=True).click()

    expect(side).to_contain_text("1 min entered.")
    expect(face).to_have_text("")
    assert TimeEntry.objects.standing().get().minutes == 1


def test_on_a_phone_time_goes_along_with_an_answer(browser, nadia, lost_parcel):
    page = browser(nadia, phone=True)
    page.goto(f"/inbox/unassigned/{lost_parcel.number}")
    editor = page.locator(".composer [contenteditable=true]")
    editor.click()
    editor.press_sequentially("It left this morning.")
    page.get_by_label("Time spent, as 20m or 1h 20m").fill("20m")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.locator(".message--ours")).to_contain_text("It left this morning.")
    assert [entry.minutes for entry in TimeEntry.objects.all()] == [20]

"""Views in a real browser: built from a filter that was wrong at first, as boards, by keys, on a phone."""

import re

import pytest
from playwright.sync_api import expect

from handrail.fields.field import Kind, Noun
from handrail.fields.models import Definition
from handrail.kit import clock
from handrail.tickets.models import View

pytestmark = pytest.mark.browser


@pytest.fixture
def board(nadia, lost_parcel):
    shown = {"text": "status:live", "shape": "board", "grouping": "priority"}
    return View.make(by=nadia, at=clock.now(), name="By priority", **shown)


def test_a_view_is_built_by_keys_alone_from_a_filter_that_was_wrong_at_first(browser, nadia, lost_parcel):
    page = browser(nadia)
    page.goto("/inbox/open")
    page.keyboard.press("f")
    page.keyboard.type("statsu:new")
    page.keyboard.press("Enter")
    expect(page.locator("#inbox-wrong mark")).to_have_text("statsu")
    expect(page.locator(".row")).to_have_count(0)

    page.get_by_role("link", name="Make it “status”").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#inbox-question")).to_have_value("status:new")
    expect(page.locator(".row")).to_have_count(1)
    page.keyboard.press("v")
    page.get_by_role("menuitem", name="Save as a view…").press("Enter")
    page.get_by_label("Name", exact=True).fill("What is new")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="What is new", level=2)).to_be_visible()
    view = View.objects.get()
    expect(page.locator(f"#view-{view.key} .count")).to_have_text("1")
    assert view.text == "status:new,open status:new"


def test_ways_to_go_on_are_offered_while_typing_and_taken_by_key(browser, nadia, lost_parcel):
    page = browser(nadia)
    page.goto("/inbox/open")
    page.keyboard.press("f")
    page.keyboard.type("owner:nob")
    expect(page.get_by_role("option", name="nobody")).to_be_visible()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#inbox-question")).to_have_value("owner:nobody ")
    page.keyboard.press("Enter")

    expect(page.locator(".filter--on")).to_contain_text("owner:nobody")
    expect(page.locator(".row")).to_have_count(1)


def test_a_card_is_moved_by_keys_and_the_move_is_undone(browser, nadia, lost_parcel, board):
    page = browser(nadia)
    page.goto(f"/inbox/{board.key}")
    urgent = page.get_by_role("region", name="Urgent")
    normal = page.get_by_role("region", name="Normal")
    expect(normal.locator(".board__card")).to_have_count(1)

    page.get_by_role("button", name=f"Move #{lost_parcel.number}").press("Enter")
    page.get_by_role("menuitem", name="Urgent").press("Enter")
    expect(urgent.locator(".board__card")).to_have_count(1)
    page.keyboard.press("z")

    expect(normal.locator(".board__card")).to_have_count(1)
    lost_parcel.refresh_from_db()
    assert lost_parcel.priority == 2


def test_a_card_is_dragged(browser, nadia, lost_parcel, board):
    page = browser(nadia)
    page.goto(f"/inbox/{board.key}")

    page.locator(f"#card-{lost_parcel.number}").drag_to(page.get_by_role("region", name="Low"))

    expect(page.get_by_role("region", name="Low").locator(".board__card")).to_have_count(1)


def test_rows_are_chosen_by_keys_and_the_bar_counts_them(browser, nadia, lost_parcel, write):
    write(subject="Another parcel", external_id="another@x")
    page = browser(nadia)
    page.goto("/inbox/open")
    expect(page.locator(".row")).to_have_count(2)

    for key in "jxjx":
        page.keyboard.press(key)

    expect(page.locator("#inbox-bulk")).to_contain_text("2 chosen")
    page.keyboard.press("Shift+X")
    expect(page).to_have_url(re.compile("/tickets/bulk/"))


def test_on_a_phone_a_filter_and_a_board_fit_the_screen(browser, nadia, lost_parcel, board):
    page = browser(nadia, phone=True)
    for address in (
        "/inbox/open?q=owner:me statsu:new",
        f"/inbox/{board.key}",
        "/inbox/views",
        "/inbox/views/new",
    ):
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")

        assert (address, width) == (address, 375)


def test_a_card_goes_to_another_choice_of_a_field_by_keys_and_by_dragging(browser, nadia, ada, lost_parcel):
    choices = [{"key": key, "labels": {"en": f"By {key}"}} for key in ("sea", "air")]
    Definition.define(
        noun=Noun.TICKET,
        key="carrier",
        kind=Kind.CHOICE,
        labels={"en": "Carrier"},
        choices=choices,
        by=ada.user,
        at=clock.now(),
    )
    shown = {"text": "status:live", "shape": "board", "grouping": "field.carrier"}
    board = View.make(by=nadia, at=clock.now(), name="By carrier", **shown)
    page = browser(nadia)
    page.goto(f"/inbox/{board.key}")

    page.get_by_role("button", name=f"Move #{lost_parcel.number}").press("Enter")
    page.get_by_role("menuitem", name="By air").press("Enter")
    expect(page.get_by_role("region", name="By air").locator(".board__card")).to_have_count(1)
    page.locator(f"#card-{lost_parcel.number}").drag_to(page.get_by_role("region", name="By sea"))

    expect(page.get_by_role("region", name="By sea").locator(".board__card")).to_have_count(1)
    lost_parcel.refresh_from_db()
    assert lost_parcel.fields == {"carrier": "sea"}

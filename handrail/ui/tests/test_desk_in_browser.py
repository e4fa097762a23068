"""What hands do at the desk: keys, lists, menus, the composer and the phone, in a real browser."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_ctrl_k_finds_what_the_page_can_do_and_does_it(inbox):
    inbox.keyboard.press("Control+k")
    inbox.keyboard.type("internal")
    expect(inbox.locator("#command-bar .command:visible")).to_have_text(["Internal noten"])
    inbox.keyboard.press("Enter")

    expect(inbox.locator("#command-bar")).to_be_hidden()
    expect(inbox.locator(".composer")).to_contain_class("composer--note")


def test_escape_closes_the_command_bar_at_once_even_with_words_in_it(inbox):
    inbox.keyboard.press("Control+k")
    inbox.keyboard.type("close")
    inbox.keyboard.press("Escape")

    expect(inbox.locator("#command-bar")).to_be_hidden()


def test_the_question_mark_shows_the_keys_of_the_page(inbox):
    inbox.keyboard.press("?")

    expect(inbox.locator("#keymap .keymap__entry", has_text="Snooze")).to_be_visible()


def test_letters_stay_letters_while_somebody_writes(inbox):
    inbox.locator(".editor").click()
    inbox.keyboard.type(" nnn?")

    expect(inbox.locator(".composer")).not_to_contain_class("composer--note")
    expect(inbox.locator("#keymap")).to_be_hidden()


def test_j_and_k_walk_through_the_list_and_enter_opens(inbox):
    for key in ("j", "j", "k", "Enter"):
        inbox.keyboard.press(key)

    expect(inbox.locator(".row__link[aria-current]")).to_have_text(
        "Unread: Label printer prints blank labels after 4.2"
    )


def test_what_is_written_travels_as_html_and_as_plain_words(inbox):
    inbox.locator(".editor").click()
    inbox.keyboard.press("Control+a")
    inbox.keyboard.type("**Found** it")

    expect(inbox.locator("[name=body_html]")).to_have_value("<p><strong>Found</strong> it</p>")
    expect(inbox.locator("textarea[name=body]")).to_have_value("Found it")


def test_reply_and_note_differ_in_colour_icon_and_words(inbox):
    inbox.keyboard.press("n")

    expect(inbox.get_by_role("button", name="Add note")).to_be_visible()
    expect(inbox.get_by_text("Only colleagues see this")).to_be_visible()
    expect(inbox.get_by_text("vera@nordlys.example")).to_be_hidden()


def test_a_phone_shows_one_pane_at_a_time(inbox):
    inbox.set_viewport_size({"width": 375, "height": 812})
    expect(inbox.locator(".pane--list")).to_be_visible()
    expect(inbox.locator(".pane--open")).to_be_hidden()

    inbox.locator(".pane--list").get_by_role("button", name="Views").click()

    expect(inbox.locator(".pane--views")).to_be_visible()
    expect(inbox.locator(".pane--list")).to_be_hidden()


def test_the_width_of_the_list_is_remembered(inbox):
    handle = inbox.get_by_role("separator", name="Width of the list")
    handle.focus()
    before = inbox.locator(".pane--list").bounding_box()
    inbox.keyboard.press("ArrowRight")
    inbox.reload()

    after = inbox.locator(".pane--list").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] == before["width"] + 16


def test_a_theme_is_chosen_at_once_and_stays(page):
    page.goto("/ui")
    page.locator("main").get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_what_cannot_be_undone_asks_first(page):
    page.goto("/ui")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("alertdialog", name="Delete 12 tickets for good?")).to_be_visible()
    expect(page.locator("#confirm").get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator("#confirm")).to_be_hidden()


def test_arrows_walk_in_a_menu_and_escape_gives_the_focus_back(page):
    page.goto("/ui")
    opener = page.get_by_role("button", name="Menu", exact=True)
    opener.click()
    expect(page.locator("[popover] .menu__item:focus")).to_be_visible()  # browsers tell of opening later
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitemradio", name="Tomorrow")).to_be_focused()
    page.keyboard.press("Escape")

    expect(opener).to_be_focused()


def test_shift_chooses_a_stretch_of_rows(inbox):
    boxes = inbox.locator("[data-picking-target=box]")
    boxes.nth(1).check()
    boxes.nth(4).click(modifiers=["Shift"])

    assert [box.is_checked() for box in boxes.all()] == [False, True, True, True, True, False, False, False]


def test_ctrl_enter_in_the_editor_sends_once(inbox):
    inbox.evaluate(
        """() => {
            window.sent = 0
            document.querySelector(".composer").addEventListener("submit", (event) => {
                event.preventDefault()
                window.sent += 1
            })
        }"""
    )
    inbox.locator(".editor").click()
    inbox.keyboard.press("Control+Enter")
    inbox.wait_for_timeout(100)

    assert inbox.evaluate("window.sent") == 1

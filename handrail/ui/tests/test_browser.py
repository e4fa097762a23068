"""What the controllers do, in a real browser, on the pages of samples."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

from handrail.ui.bundle import BUILD
from handrail.ui.tests.browser import chromium, serving

AXE = Path("node_modules/axe-core/axe.min.js")
PAGES = ("/ui", "/ui/panes", "/ui/settings", "/ui/sheet", "/ui/portal", "/ui/table")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (BUILD / "manifest.json").exists(), reason="the front end is not built"),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving() as where:
        yield where


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page whose errors fail the test: a refused script or style would show there."""
    opened = browser.new_page(base_url=address, viewport={"width": 1440, "height": 900})
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda line: troubles.append(line.text) if is_trouble(line) else None)
    yield opened
    opened.close()
    assert troubles == []


#: What tests here bring about on purpose.
EXPECTED = ("Failed to load resource", "Blocked script execution")


def is_trouble(line: ConsoleMessage) -> bool:
    return line.type == "error" and not line.text.startswith(EXPECTED)


@pytest.fixture
def inbox(page: Page) -> Page:
    page.goto("/ui/panes")
    expect(page.locator(".editor")).to_be_visible()
    return page


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
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitemradio", name="Tomorrow")).to_be_focused()
    page.keyboard.press("Escape")

    expect(opener).to_be_focused()


def test_a_double_click_sends_a_form_once(page):
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/slow") else None)
    page.route("**/slow", lambda route: route.fulfill(status=204))
    page.goto("/ui/sheet")
    page.evaluate(
        """() => {
            const form = document.querySelector('[data-controller~="once"]')
            Object.assign(form, {method: "post", action: "/slow", noValidate: true})
            const button = form.querySelector("button")
            button.click()
            button.click()
        }"""
    )
    page.wait_for_timeout(300)

    assert len(sent) == 1


STREAM = """event: hello
data: {"topics": ["ticket:42"]}

event: address
data: {"topic": "ticket:42", "panel": "closure"}

"""
PANELS = "".join(
    f'<p id="{name}" data-live="ticket:42 {name}" hx-get="/{name}" hx-trigger="live" hx-target="this"'
    f' hx-swap="innerHTML">{words}</p>'
    for name, words in (("closure", "open"), ("owner", "Nadia"))
)
ADD_TO_MAIN = """html => {
    const main = document.querySelector("#main")
    main.insertAdjacentHTML("beforeend", html)
    window.htmx.process(main)
}"""


def test_only_the_panel_whose_address_changed_is_fetched_again(page):
    streams: list[str] = []
    page.route("**/closure", lambda route: route.fulfill(body="closed", content_type="text/html"))

    def stream(route: Route) -> None:
        streams.append(route.request.url)
        if len(streams) == 1:
            route.fulfill(body=STREAM, content_type="text/event-stream")

    page.route("**/live?*", stream)
    page.goto("/ui/table")
    page.evaluate(ADD_TO_MAIN, PANELS)

    expect(page.locator("#closure")).to_have_text("closed")
    expect(page.locator("#owner")).to_have_text("Nadia")
    assert streams[0].endswith("/live?topic=ticket%3A42")


def test_after_a_gap_everything_is_fetched_again(page):
    page.route("**/live?*", lambda route: route.fulfill(body=STREAM, content_type="text/event-stream"))
    page.route("**/owner", lambda route: route.fulfill(body="Omar", content_type="text/html"))
    page.route("**/closure", lambda route: route.fulfill(body="closed", content_type="text/html"))
    page.goto("/ui/table")
    page.evaluate(ADD_TO_MAIN, PANELS)

    expect(page.locator("#owner")).to_have_text("Omar")


DRAFT = """
<form data-controller="autosave" data-autosave-url-value="/draft" data-autosave-wait-value="50"
  data-autosave-saved-value="Draft saved" data-autosave-failed-value="Not saved yet">
  <textarea id="draft" name="body" data-action="autosave#changed"></textarea>
  <output data-autosave-target="state"></output>
</form>"""


def test_a_draft_is_tried_again_until_it_is_saved_and_keeps_its_words(page):
    answers = [503, 204]
    bodies: list[str] = []

    def draft(route: Route) -> None:
        bodies.append(route.request.post_data or "")
        route.fulfill(status=answers.pop(0) if answers else 204)

    page.route("**/draft", draft)
    page.goto("/ui/table")
    page.evaluate(ADD_TO_MAIN, DRAFT)
    page.locator("#draft").fill("Hello Vera")

    expect(page.locator("[data-state=failed]")).to_have_text("Not saved yet")
    expect(page.locator("#draft")).to_have_value("Hello Vera")
    expect(page.locator("[data-state=saved]")).to_have_text("Draft saved")
    assert bodies == ["body=Hello+Vera", "body=Hello+Vera"]


HTMX_FORM = """
<form id="close" data-controller="once" hx-post="/closure" hx-target="#close" hx-swap="none">
  <input type="hidden" name="key" data-once-target="key"><button>Close</button>
</form>"""


def test_a_double_click_on_an_htmx_form_sends_it_once_with_its_key_and_then_renews_the_key(page):
    bodies: list[str] = []

    def closure(route: Route) -> None:
        bodies.append(route.request.post_data or "")
        route.fulfill(status=200, body="<p>closed</p>", content_type="text/html")

    page.route("**/closure", closure)
    page.goto("/ui/table")
    page.evaluate(ADD_TO_MAIN, HTMX_FORM)
    key = page.locator("#close [name=key]")
    expect(key).not_to_have_value("")
    before = key.input_value()
    page.locator("#close button").dblclick()

    expect(key).not_to_have_value(before)
    assert bodies == [f"key={before}"]


def test_a_question_of_htmx_is_asked_in_our_own_dialog(page):
    page.route("**/gone", lambda route: route.fulfill(body="deleted", content_type="text/html"))
    page.goto("/ui/table")
    button = (
        '<button id="del" hx-delete="/gone" hx-target="this" hx-swap="innerHTML" hx-confirm="Delete it?"'
        ' data-confirm-text="Two files go with it." data-confirm-yes="Delete">Del</button>'
    )
    page.evaluate(ADD_TO_MAIN, button)
    page.locator("#del").click()
    expect(page.locator("#confirm")).to_contain_text("Two files go with it.")
    page.locator("#confirm").get_by_role("button", name="Delete").click()

    expect(page.locator("#del")).to_have_text("deleted")


def test_a_mail_frame_grows_to_its_mail_without_running_its_scripts(page):
    mail = (
        '<!doctype html><body style="margin:0"><div style="height:777px">Hello</div>'
        "<script>parent.x=1</script>"
    )
    page.route("**/mail/1", lambda route: route.fulfill(body=mail, content_type="text/html"))
    page.goto("/ui/table")
    frame = (
        '<iframe class="mail-frame" id="mail" src="/mail/1" title="Mail" data-controller="frame-fit"'
        ' sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"></iframe>'
    )
    page.evaluate(ADD_TO_MAIN, frame)

    expect(page.locator("#mail")).to_have_css("height", "777px")
    assert page.evaluate("window.x") is None


def test_a_picked_file_travels_at_once_and_its_chip_comes_back(page):
    chip = '<span class="file">notes.txt, 5 B</span>'
    page.route("**/files", lambda route: route.fulfill(body=chip, content_type="text/html"))
    page.goto("/ui/table")
    form = (
        '<form data-controller="dropzone" data-dropzone-url-value="/files">'
        '<div data-dropzone-target="list"></div>'
        '<input id="pick" type="file" data-dropzone-target="input" data-action="dropzone#pick"></form>'
    )
    page.evaluate(ADD_TO_MAIN, form)
    page.locator("#pick").set_input_files({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"hello"})

    expect(page.locator("form .file")).to_have_text("notes.txt, 5 B")


def test_shift_chooses_a_stretch_of_rows(inbox):
    boxes = inbox.locator("[data-picking-target=box]")
    boxes.nth(1).check()
    boxes.nth(4).click(modifiers=["Shift"])

    assert [box.is_checked() for box in boxes.all()] == [False, True, True, True, True, False, False, False]


BROKEN = '<button id="broken" hx-get="/broken" hx-target="#main" hx-swap="innerHTML">Go</button>'


def test_an_answer_that_failed_is_told_and_does_not_fill_the_panel(page):
    page.route("**/broken", lambda route: route.fulfill(status=500, body="<h1>Trace</h1>"))
    page.goto("/ui/table")
    page.evaluate(ADD_TO_MAIN, BROKEN)
    with page.expect_response("**/broken"):
        page.locator("#broken").click()

    expect(page.locator("#toasts")).to_contain_text("Nothing was lost")
    expect(page.locator("h1")).to_have_text("Customers")


@pytest.mark.parametrize("where", PAGES)
@pytest.mark.parametrize(("theme", "rules"), [("light", "{}"), ("dark", "{runOnly: ['color-contrast']}")])
def test_axe_finds_nothing_serious_in_either_theme(browser, address, where, theme, rules):
    page = browser.new_page(base_url=address, color_scheme=theme, reduced_motion="reduce", bypass_csp=True)
    page.goto(where)
    page.add_script_tag(path=AXE)
    found = page.evaluate(f"axe.run({rules})")["violations"]
    page.close()

    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"]) for one in serious] == []


@pytest.mark.parametrize("where", PAGES)
@pytest.mark.parametrize("query", ["", "?dir=rtl"])
def test_no_page_is_wider_than_a_phone(browser, address, where, query):
    page = browser.new_page(base_url=address, viewport={"width": 375, "height": 812})
    page.goto(where + query)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()

    assert wide == 375

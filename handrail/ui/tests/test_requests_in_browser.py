"""What goes over the wire and comes back: once, live, tried again, and told when it failed."""

import re

import pytest
from playwright.sync_api import Route, expect

pytestmark = pytest.mark.browser


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
    assert re.search(r"/live\?topic=ticket%3A42(&age=\d+)?$", streams[0])


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


BROKEN = '<button id="broken" hx-get="/broken" hx-target="#main" hx-swap="innerHTML">Go</button>'


def test_an_answer_that_failed_is_told_and_does_not_fill_the_panel(page):
    page.route("**/broken", lambda route: route.fulfill(status=500, body="<h1>Trace</h1>"))
    page.goto("/ui/table")
    page.evaluate(ADD_TO_MAIN, BROKEN)
    with page.expect_response("**/broken"):
        page.locator("#broken").click()

    expect(page.locator("#toasts")).to_contain_text("Nothing was lost")
    expect(page.locator("h1")).to_have_text("Customers")

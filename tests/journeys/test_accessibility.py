"""Every page is open to everybody: nothing serious for axe in light or dark, nothing wider than a phone.

Nor is anything too small for a finger, or done on a page without being known to its command bar.

The pages are those of the role table, each as the first of these people who may open it.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Error, Page

from tests.architecture.test_role_table import KNOWN, ROWS, Row, parameters_of
from tests.browser import DESKTOP, PHONE
from tests.journeys.looking import not_in_the_command_bar, too_small_for_a_finger

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SERIOUS = {"serious", "critical"}
#: Colours fade when the theme changes; axe would measure a colour between two.
STAND_STILL = """() => {
    const still = new CSSStyleSheet()
    still.replaceSync("*, ::before, ::after { transition: none !important; animation: none !important }")
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, still]
}"""
#: Whoever is first here and may open a page, sees it; in the portal customers come before colleagues.
PEOPLE = ("none", "nadia", "iris", "ada")
CUSTOMERS_FIRST = ("none", "vera")
ROOMS = sorted({row.room for row in ROWS if row.method == "GET"})


@cache
def axe() -> str:
    if not AXE.exists():
        pytest.fail("The accessibility test needs axe: run `npm ci`.")
    return AXE.read_text()


def viewer_of(row: Row) -> str | None:
    """Who looks at the page; nobody when none of our people may."""
    people = CUSTOMERS_FIRST if row.room == "portal" else PEOPLE
    return next((name for name in people if row.cells[name] == "ok"), None)


def address_of(row: Row, request: pytest.FixtureRequest) -> str:
    asked_for = request.getfixturevalue(row.asked_for) if row.asked_for else None
    return reverse(row.route, kwargs=parameters_of(KNOWN[row.route], asked_for))


def is_page(page: Page, address: str) -> bool:
    """Open it, and say whether it is a whole page, and not a panel, a file or somebody's mail.

    In the frame of a mail no script runs, axe's neither; what people mail us is theirs to make readable.
    """
    try:
        answer = page.goto(address)
    except Error as refusal:
        if "Download is starting" not in str(refusal):
            raise
        return False
    if answer is None or not answer.ok:
        return False
    is_framed = "sandbox" in answer.headers.get("content-security-policy", "")
    is_document = answer.headers.get("content-type", "").startswith("text/html")
    return is_document and not is_framed and answer.text().lstrip()[:15].lower() == "<!doctype html>"


def violations(page: Page, *, rules: list[str] | None = None) -> Iterator[str]:
    """What axe finds serious, one line each: the rule, and the first place that breaks it."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARD}
    options = {"runOnly": only, "iframes": False, "preload": False, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    for each in found["violations"]:
        if each["impact"] in SERIOUS:
            first = each["nodes"][0]
            why = " ".join(first["failureSummary"].split())
            yield f"{each['id']} ({len(each['nodes'])}×): {first['html'][:140]} {why[:200]}"


def problems_of(page: Page, address: str) -> Iterator[str]:
    """What is wrong with the page that is open."""
    page.evaluate(STAND_STILL)
    page.evaluate(axe())
    yield from (f"{address}: {each}" for each in violations(page))
    yield from (f"{address}: {each}" for each in not_in_the_command_bar(page))
    page.emulate_media(color_scheme="dark")
    yield from (f"{address} in the dark: {each}" for each in violations(page, rules=["color-contrast"]))
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    yield from (f"{address}: {each}" for each in too_small_for_a_finger(page))
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > PHONE["width"]:
        yield f"{address} is {width} pixels wide on a phone of {PHONE['width']}"


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_can_be_read_and_used_by_everybody(
    room: str, request: pytest.FixtureRequest, house: Any, browser: Callable[..., Page]
) -> None:
    pages: dict[str, Page] = {}
    problems: list[str] = []
    seen = 0

    for row in ROWS:
        name = viewer_of(row) if row.room == room and row.method == "GET" else None
        if name is None:
            continue
        address = address_of(row, request)
        if name not in pages:
            pages[name] = browser(request.getfixturevalue(name) if name != "none" else None)
        page = pages[name]
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light")
        if is_page(page, address):
            seen += 1
            problems += problems_of(page, address)

    assert problems == [], "\n" + "\n".join(problems)
    print(f"{seen} pages of {room}")  # noqa: T201 - shown by -s, so that nobody believes in an empty test


def test_axe_notices_a_picture_without_words(browser: Callable[..., Page]) -> None:
    page = browser()
    page.goto("/help")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=\"/static/ui/mark.svg\">'")
    page.evaluate(axe())

    assert [each.partition(" ")[0] for each in violations(page)] == ["image-alt"]


def test_what_is_small_and_what_no_command_does_is_noticed(browser: Callable[..., Page], nadia: Any) -> None:
    page = browser(nadia)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/customers")
    page.evaluate("document.querySelector('main').innerHTML = '<button>Do</button><b role=menuitem>Undo</b>'")

    (small,) = too_small_for_a_finger(page)
    assert small.endswith("“Do”")
    assert list(not_in_the_command_bar(page)) == ["not in the command bar: b. “Undo”"]

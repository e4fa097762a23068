"""What opens over a page is open to everybody too: menus, dialogs, previews and refusals, light and dark."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from handrail.kit import clock
from handrail.tickets.models import Macro, View
from handrail.tickets.models.macro import Recipe, Wording
from tests.journeys.test_accessibility import STAND_STILL, axe, violations

pytestmark = pytest.mark.browser


@pytest.fixture
def shapes(nadia: Any) -> dict[str, str]:
    """A view of each shape that is no list."""
    made = {}
    for shape, by in (("board", "priority"), ("calendar", "")):
        shown = {"text": "status:live", "shape": shape, "grouping": by}
        made[shape] = View.make(by=nadia, at=clock.now(), name=f"As a {shape}", **shown).key
    return made


@pytest.fixture
def late(nadia: Any) -> Macro:
    said = {"": Wording(text="Hello {{customer.first_name|there}}, we look.")}
    return Macro.make(Recipe(name="Late", actions=[["tag", "late"]], wordings=said), by=nadia, at=clock.now())


def _wrong(page: Page, what: str) -> Iterator[str]:
    """What axe finds while something is open; in the dark the colours again."""
    page.evaluate(STAND_STILL)
    page.evaluate(axe())
    page.emulate_media(color_scheme="light")
    yield from (f"{what}: {each}" for each in violations(page))
    page.emulate_media(color_scheme="dark")
    yield from (f"{what} in the dark: {each}" for each in violations(page, rules=["color-contrast"]))
    page.emulate_media(color_scheme="light")


#: Key → what must be seen then.
OPENED = {
    "a": "[popover]:popover-open",
    "b": "[popover]:popover-open",
    "s": "[popover]:popover-open",
    "p": "[popover]:popover-open",
    "e": "[popover]:popover-open",
    "m": "[popover]:popover-open .menu__item",
    "Control+k": "#command-bar",
    "Shift+?": "#keymap",
}


def test_L1_menus_and_dialogs_over_a_ticket(
    browser: Callable[..., Page], nadia: Any, lost_parcel: Any, late: Any
) -> None:
    page = browser(nadia)
    page.goto(f"/inbox/unassigned/{lost_parcel.number}")
    expect(page.locator(".composer [contenteditable=true]")).to_be_visible()
    problems: list[str] = []

    for key, seen in OPENED.items():
        page.keyboard.press(key)
        expect(page.locator(seen).first).to_be_visible()
        problems += _wrong(page, key)
        page.keyboard.press("Escape")
        expect(page.locator(seen)).to_have_count(0) if ":" in seen else expect(
            page.locator(seen)
        ).to_be_hidden()
    page.keyboard.press("m")
    page.get_by_role("menuitem", name="Late").press("Enter")
    expect(page.get_by_role("button", name="Put into the answer")).to_be_visible()
    problems += _wrong(page, "the preview of a macro")

    assert problems == [], "\n" + "\n".join(problems)


def test_L1_shapes_filters_and_work_on_many(
    browser: Callable[..., Page], nadia: Any, lost_parcel: Any, shapes: dict[str, str], write: Any
) -> None:
    write(subject="Another parcel", external_id="another@x")
    page = browser(nadia)
    problems: list[str] = []

    for shape, key in shapes.items():
        page.goto(f"/inbox/{key}")
        expect(page.locator(f".{shape}")).to_be_visible()
        problems += _wrong(page, f"a {shape}")
    page.goto("/inbox/open?q=statsu:new")
    problems += _wrong(page, "a filter with a mistake")
    page.goto("/inbox/open")
    page.keyboard.press("f")
    page.keyboard.type("owner:nob")
    expect(page.get_by_role("option", name="nobody")).to_be_visible()
    problems += _wrong(page, "proposals for a filter")
    page.goto("/inbox/open")
    for key in "jxjx":
        page.keyboard.press(key)
    problems += _wrong(page, "chosen rows")
    page.keyboard.press("Shift+X")
    page.wait_for_url("**/tickets/bulk/*")
    page.locator("select[name=priority]").select_option("4")
    page.locator("main form button[type=submit]").first.press("Enter")
    page.wait_for_load_state()
    problems += _wrong(page, "what work on many would change")

    assert problems == [], "\n" + "\n".join(problems)


@pytest.mark.parametrize("what", ["merge", "split", "links"])
def test_L1_merging_splitting_and_linking(
    browser: Callable[..., Page], nadia: Any, lost_parcel: Any, write: Any, what: str
) -> None:
    write(lost_parcel, external_id="more@x")
    other = write(subject="Parcel, again", external_id="another@x").ticket
    page = browser(nadia)

    page.goto(f"/tickets/{lost_parcel.number}/{what}" + (f"?with={other.number}" if what == "merge" else ""))

    assert list(_wrong(page, what)) == []

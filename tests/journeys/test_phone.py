"""A day on a phone: everything that a desk can do, by finger, in pages that a thin line can carry."""

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from handrail.kit import clock
from handrail.tickets.models import Macro, Message, Ticket, View
from handrail.tickets.models.macro import Recipe, Wording
from tests.journeys.looking import too_small_for_a_finger

pytestmark = pytest.mark.browser

#: Compressed: a page with everything it loads, and the editor, which comes after it.
HEAVIEST_BYTES, EDITOR_BYTES = 200_000, 130_000


@pytest.fixture
def late(nadia: Any) -> Macro:
    recipe = Recipe(
        name="Parcel is late",
        about="While we look",
        actions=[["tag", "late"]],
        wordings={"": Wording(text="We look.")},
    )
    return Macro.make(recipe, by=nadia, at=clock.now())


@pytest.fixture
def board(nadia: Any) -> View:
    shown = {"text": "status:live", "shape": "board", "grouping": "priority"}
    return View.make(by=nadia, at=clock.now(), name="By priority", **shown)


@pytest.fixture
def phone(browser: Callable[..., Page], nadia: Any, lost_parcel: Ticket) -> Page:
    page = browser(nadia, phone=True)
    page.goto("/inbox/unassigned")
    return page


def _fits(page: Page) -> None:
    """Nothing stands out at the side, and a finger finds all of it."""
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    assert list(too_small_for_a_finger(page)) == []


def test_L3_she_reads_answers_notes_and_puts_away_with_a_finger(phone, late, lost_parcel):
    phone.get_by_role("link", name="Where is my parcel?").tap()
    editor = phone.locator(".composer [contenteditable=true]")
    expect(editor).to_be_visible()
    editor.tap()
    phone.get_by_role("button", name="Macros").tap()
    phone.get_by_role("menuitem", name="Parcel is late").tap()
    _fits(phone)
    phone.get_by_role("button", name="Put into the answer").tap()
    expect(editor).to_have_text("We look.")
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.locator(".message--ours")).to_contain_text("We look.")

    phone.get_by_role("button", name="Note", exact=True).tap()
    editor.fill("Ask depot 7.")
    phone.get_by_role("button", name="Add note").tap()
    expect(phone.locator(".message--note")).to_contain_text("Ask depot 7.")
    assert Message.objects.filter(kind="note").count() == 1

    phone.get_by_role("button", name="Snooze").tap()
    _fits(phone)
    phone.get_by_role("button", name="They answer").tap()
    expect(phone.get_by_role("button", name="Wake")).to_be_visible()
    _fits(phone)


def test_L3_she_searches_builds_a_view_moves_a_card_and_works_on_many(phone, board, lost_parcel, write):
    write(subject="Another parcel", external_id="another@x")
    phone.get_by_role("link", name="Search tickets").tap()
    phone.get_by_role("combobox", name="Search tickets").fill("delivery")
    expect(phone.locator(".row__subject", has_text="Where is my parcel?")).to_be_visible()

    phone.goto("/inbox/open?q=tag:late")
    phone.get_by_role("button", name="This view").tap()
    phone.get_by_role("menuitem", name="Save as a view…").tap()
    phone.get_by_label("Name", exact=True).fill("Late ones")
    _fits(phone)
    phone.locator("main form button[type=submit]").last.tap()
    expect(phone.get_by_role("heading", name="Late ones", level=2)).to_be_visible()

    phone.goto(f"/inbox/{board.key}")
    phone.get_by_role("button", name=f"Move #{lost_parcel.number}").tap()
    phone.get_by_role("menuitem", name="Urgent").tap()
    expect(phone.get_by_role("region", name="Urgent").locator(".board__card")).to_have_count(1)
    _fits(phone)

    phone.goto("/inbox/open")
    for box in phone.locator(".row__pick").all():
        box.tap()
    phone.get_by_role("button", name="Do something with them…").tap()
    expect(phone).to_have_url(re.compile("/tickets/bulk/"))
    _fits(phone)


VISITED = ["/inbox/open", "/tickets/{number}", "/tickets/new", "/settings/profile"]


@pytest.mark.parametrize("place", VISITED)
def test_L3_a_first_visit_weighs_less_than_200_kilobytes(browser, nadia, lost_parcel, place):
    """The editor comes after the page, which can be read and written in before; it has a limit of its own."""
    page = browser(nadia, phone=True)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    names: dict[str, str] = {}
    weights: dict[str, float] = {}
    line.on(
        "Network.responseReceived", lambda told: names.update({told["requestId"]: told["response"]["url"]})
    )
    line.on(
        "Network.loadingFinished",
        lambda told: weights.update({names.get(told["requestId"], ""): told["encodedDataLength"]}),
    )

    answer = page.goto(place.format(number=lost_parcel.number), wait_until="networkidle")

    editor = sum(weights.pop(name) for name in list(weights) if "/write." in name)
    body = answer.body()
    # A proxy in front compresses the page itself; everything else is compressed by the build.
    weight = sum(weights.values()) - len(body) + len(gzip.compress(body))
    assert 40_000 < weight < HEAVIEST_BYTES
    assert editor < EDITOR_BYTES

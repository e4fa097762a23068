"""A day at the desk without a mouse: every step by keys, the focus always seen and never lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from handrail.kit import clock
from handrail.tickets.models import Macro, Message, Ticket, View
from handrail.tickets.models.macro import Recipe, Wording

pytestmark = pytest.mark.browser

#: What has the focus: its words and whether a ring, a shadow or a line tells so, on it or right around it.
FOCUS = """() => {
    const one = document.activeElement
    if (!one || one === document.body) return { name: "nothing", seen: false }
    const rings = (each) => [null, "::before"].some((part) => shows(getComputedStyle(each, part), each, part))
    const shows = (style, each, part) => {
        const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
        if (each === one && style.backgroundImage !== "none" && !part) return true
        return ring || (style.boxShadow !== "none" && each.matches(":focus, :focus-within"))
    }
    const parent = one.parentElement
    const around = [one, parent, parent?.parentElement, one.closest(".composer")].filter(Boolean)
    const by = (one.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id))
    const named = by.map((each) => each?.textContent || "").join(" ").trim()
    const label = named || one.getAttribute("aria-label") || one.labels?.[0]?.innerText
    const words = label || one.innerText || one.id || one.name || ""
    const seen = around.some(rings) && one.getBoundingClientRect().width > 0
    return { name: words.trim().slice(0, 60), seen, tag: one.localName }
}"""


class Keys:
    """One page that is driven by keys; after each press somebody must know where they are."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def say(self, words: str) -> None:
        self.page.keyboard.type(words)

    def focus(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate(FOCUS)
        return found

    def expects_a_focus(self) -> None:
        """It is somewhere, and can be seen."""
        expect(self.page.locator(":focus")).to_have_count(1)
        found = self.focus()
        assert found["seen"], f"the focus on “{found['name']}” ({found['tag']}) cannot be seen"

    def command(self, words: str) -> None:
        """Something done by the command bar."""
        self.press("Control+k")
        expect(self.page.locator("#command-bar")).to_be_visible()
        self.say(words)
        chosen = self.page.locator("#command-bar .command[aria-selected=true]")
        expect(chosen).to_contain_text(re.compile(re.escape(words[:12]), re.IGNORECASE))
        self.press("Enter")
        expect(self.page.locator("#command-bar")).to_be_hidden()

    def tab_to(self, name: str) -> None:
        """Step by step, as people do; every step on the way must be seen."""
        for _step in range(60):
            self.press("Tab")
            found = self.focus()
            if found["name"] == "nothing":
                continue
            assert found["seen"], f"the focus on “{found['name']}” ({found['tag']}) cannot be seen"
            if name in found["name"]:
                return
        raise AssertionError(f"{name} cannot be reached by Tab")


@pytest.fixture
def late(nadia):
    recipe = Recipe(
        name="Parcel is late",
        about="While we look",
        actions=[["tag", "late"]],
        wordings={"": Wording(text="Hello {{customer.first_name|there}}, we look for it.")},
    )
    return Macro.make(recipe, by=nadia, at=clock.now())


@pytest.fixture
def board(nadia):
    shown = {"text": "status:live", "shape": "board", "grouping": "priority"}
    return View.make(by=nadia, at=clock.now(), name="By priority", **shown)


@pytest.fixture
def second(write, lost_parcel):
    words = "Again: where is it?"
    return write(subject="Parcel, again", text=words, reply_text=words, external_id="again@x").ticket


@pytest.fixture
def desk(browser: Callable[..., Page], nadia) -> Keys:
    """Her inbox, without anything that points."""
    page = browser(nadia)
    page.goto("/inbox/unassigned")
    return Keys(page)


def test_W7_she_reads_takes_answers_and_closes(lost_parcel, second, late, omar, desk):
    page = desk.page
    _reads_one_after_the_other(desk, lost_parcel, second)

    desk.press("a")
    expect(page.get_by_label("Sift by name")).to_be_focused()
    desk.say("Me")
    desk.press("Enter")
    expect(page.locator(".event")).to_contain_text("took it")
    desk.expects_a_focus()

    expect(page.locator(".composer [contenteditable=true]")).to_be_visible()
    desk.press("n")
    desk.say("Ask depot 7, @Om")
    expect(page.get_by_role("option", name="Omar Benali")).to_be_visible()
    desk.press("Enter", "Control+Enter")
    expect(page.locator(".message--note")).to_contain_text("Ask depot 7, @Omar Benali")
    desk.expects_a_focus()
    desk.press("Escape")
    _leave_the_editor(desk)

    desk.press("m")
    expect(page.get_by_label("Sift macros")).to_be_focused()
    desk.say("late")
    desk.press("ArrowDown", "Enter")
    expect(page.get_by_role("button", name="Put into the answer")).to_be_visible()
    desk.tab_to("Put into the answer")
    desk.press("Enter")
    expect(page.locator(".composer [contenteditable=true]")).to_have_text("Hello Vera, we look for it.")
    desk.expects_a_focus()
    desk.press("Control+Enter")
    expect(page.locator(".message--ours")).to_contain_text("we look for it.")
    desk.press("Tab")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    desk.press("z")
    expect(page.locator(".message--ours")).to_have_count(0)
    desk.expects_a_focus()
    assert Message.objects.filter(kind="reply").count() == 0


def _reads_one_after_the_other(desk: Keys, lost_parcel: Ticket, second: Ticket) -> None:
    page = desk.page
    desk.press("j", "j")
    desk.expects_a_focus()
    desk.press("k", "Enter")
    expect(page.locator(f"#ticket-{second.number}")).to_be_visible()
    expect(page.locator("#inbox-place")).to_contain_text("1 of 2")
    desk.expects_a_focus()
    desk.press("Shift+J")
    expect(page.locator(f"#ticket-{lost_parcel.number}")).to_be_visible()


def _leave_the_editor(desk: Keys) -> None:
    """Tab leads out of the text: it is no trap."""
    desk.press("Tab")
    assert not desk.page.evaluate("document.activeElement.isContentEditable")
    desk.expects_a_focus()


def test_W7_she_sorts_tags_snoozes_and_merges(lost_parcel, second, desk):
    page = desk.page
    page.goto(f"/inbox/unassigned/{lost_parcel.number}")
    expect(page.locator(".composer [contenteditable=true]")).to_be_visible()

    desk.press("t")
    expect(page.get_by_label("Add a tag")).to_be_focused()
    desk.say("lost")
    desk.press("Enter")
    expect(page.locator(".tag")).to_contain_text("lost")
    desk.expects_a_focus()
    desk.press("Tab")

    desk.press("p")
    expect(page.locator(".menu__item:focus")).to_have_count(1)
    desk.press("h", "Enter")
    expect(page.locator(".event").last).to_contain_text("High")
    desk.expects_a_focus()

    desk.press("s")
    expect(page.locator(".menu__item:focus")).to_have_count(1)
    desk.press("w", "Enter")
    expect(page.locator(".event").last).to_contain_text("Waiting")
    desk.expects_a_focus()

    desk.press("b")
    expect(page.get_by_role("button", name="They answer")).to_be_focused()
    desk.press("Enter")
    expect(page.get_by_role("button", name="Wake")).to_be_visible()
    desk.expects_a_focus()
    desk.press("b")
    expect(page.get_by_role("button", name="Snooze")).to_be_visible()
    desk.expects_a_focus()

    _merges(desk, lost_parcel, second)


def _merges(desk: Keys, lost_parcel: Ticket, second: Ticket) -> None:
    """By the command bar, with a preview, and back again."""
    page = desk.page
    desk.command("Merge this ticket")
    expect(page).to_have_url(re.compile("/merge$"))
    desk.tab_to(f"#{second.number}")
    desk.press("Enter")
    expect(page).to_have_url(re.compile(r"/merge\?"))
    desk.tab_to(f"Merge into #{lost_parcel.number}")
    desk.press("Enter")
    expect(page.locator(f"#ticket-{lost_parcel.number}-timeline")).to_contain_text("Again: where is it?")
    assert Ticket.objects.get(pk=second.pk).status == "merged"
    desk.press("z")
    expect(page.locator(f"#ticket-{lost_parcel.number}-timeline")).not_to_contain_text("Again: where is it?")


def test_W7_she_builds_a_view_searches_chooses_many_and_moves_a_card(lost_parcel, second, board, desk):
    page = desk.page
    desk.press("f")
    desk.say("status:new")
    desk.press("Enter")
    expect(page.locator(".filter--on")).to_contain_text("status:new")
    desk.press("Tab", "v")
    expect(page.get_by_role("menuitem", name="Save as a view…")).to_be_focused()
    desk.press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    desk.say("What is new")
    desk.press("Enter")
    expect(page.get_by_role("heading", name="What is new", level=2)).to_be_visible()

    desk.press("/")
    expect(page.get_by_label("Search tickets")).to_be_focused()
    desk.say("delivery")
    expect(page.locator(".row")).to_have_count(1)
    desk.expects_a_focus()

    desk.command("Go to Everyone: All open")
    expect(page).to_have_url(re.compile("/inbox/open$"))
    expect(page.locator(".row")).to_have_count(2)
    desk.press("j", "x", "j", "x")
    expect(page.locator("#inbox-bulk")).to_contain_text("2 chosen")
    desk.expects_a_focus()
    desk.press("Shift+X")
    expect(page).to_have_url(re.compile("/tickets/bulk/"))

    page.goto(f"/inbox/{board.key}")
    desk.tab_to(f"Move #{lost_parcel.number}")
    desk.press("Enter")
    expect(page.locator(".menu__item:focus")).to_have_count(1)
    desk.press("u", "Enter")
    expect(page.get_by_role("region", name="Urgent").locator(".board__card")).to_have_count(1)
    desk.expects_a_focus()


def test_W7_every_key_is_on_the_map_the_bell_is_heard_and_she_goes_home(lost_parcel, desk):
    page = desk.page
    desk.press("Shift+?")
    expect(page.locator("#keymap")).to_be_visible()
    shown = page.locator("#keymap kbd").all_inner_texts()
    assert {"j", "k", "o", "x", "f", "v", "/", "c", "?"} <= set(shown)
    desk.press("Escape")
    desk.press("j")
    desk.expects_a_focus()

    desk.press("g", "n")
    expect(page).to_have_url(re.compile("/notifications$"))
    desk.tab_to("You")
    desk.press("Enter")
    expect(page.locator(".menu__item:focus")).to_have_count(1)
    while desk.focus()["name"] != "Sign out":
        desk.press("s")
    desk.press("Enter")
    expect(page).to_have_url(re.compile("/sign-in"))
    desk.tab_to("Sign in")


@pytest.mark.parametrize(
    "where", ["/inbox/unassigned/{number}", "/tickets/new", "/inbox/views/new", "/customers"]
)
def test_W7_tab_goes_through_the_page_and_comes_round(lost_parcel, desk, where):
    """No trap, no stop that cannot be seen, and nothing that says nothing."""
    desk.page.goto(where.format(number=lost_parcel.number))
    seen: list[str] = []

    for _step in range(160):
        desk.press("Tab")
        found = desk.focus()
        if found["name"] == "nothing":
            break
        assert found["seen"], f"“{found['name']}” ({found['tag']}) after {seen[-3:]}"
        assert found["name"], f"something without a name ({found['tag']}) after {seen[-3:]}"
        seen.append(found["name"])

    assert 8 < len(seen) < 160

"""A day at the desk without a mouse: every step by keys, the focus always seen and never lost."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from handrail.channels.email.models import EmailAccount
from handrail.kit import clock, drains
from handrail.tickets.inbound import Inbound
from handrail.tickets.models import BulkOrder, Macro, Message, Ticket, View
from handrail.tickets.models.macro import Recipe, Wording
from handrail.tickets.opening import Arrival, open_all
from tests.cast import NINE, VERA_WRITES
from tests.journeys.keys import Keys

pytestmark = pytest.mark.browser

PASSWORD = "seventeen quiet herons"
#: More than a page of the list holds.
MANY = 55


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
def second(write, lost_parcel):
    words = "Again: where is it?"
    return write(subject="Parcel, again", text=words, reply_text=words, external_id="again@x").ticket


@pytest.fixture
def mailbox(house):
    own = {"address": "support@harbour.example", "display_name": "Harbour Parcels"}
    return EmailAccount.open(**own, brand=house.harbour, team=house.parcels, by=None, at=clock.now())


@pytest.fixture
def many(house) -> Callable[[], list[Message]]:
    """Lets so many others write that they fill more than one page."""

    def write_in() -> list[Message]:
        return open_all(
            [
                Arrival(inbound=_letter(number), brand=house.harbour, team=house.parcels, at=NINE)
                for number in range(MANY)
            ]
        )

    return write_in


def _letter(number: int) -> Inbound:
    return replace(
        VERA_WRITES,
        address="tom@akande.example",
        name="Tom Akande",
        subject=f"Crate {number}",
        external_id=f"{number}@akande.example",
    )


@pytest.fixture
def desk(browser: Callable[..., Page], nadia) -> Keys:
    """Her inbox, without anything that points."""
    page = browser(nadia)
    page.goto("/inbox/unassigned")
    return Keys(page)


def test_W7_a_whole_day_is_worked_by_keys_alone(
    browser, nadia, omar, lost_parcel, second, late, mailbox, many
):
    """One address is typed at first; nothing points, and no page is gone to but by keys."""
    nadia.user.choose_password(PASSWORD, by=nadia.user, at=clock.now())
    page = browser()
    page.goto("/inbox/unassigned")
    desk = Keys(page)

    _signs_in(desk)
    _reads_one_after_the_other(desk, lost_parcel, second)
    _takes_it_and_asks_a_colleague(desk)
    _answers_with_a_macro_takes_it_back_and_sends_it(desk)
    _sorts_tags_and_snoozes(desk)
    _merges_and_takes_it_back(desk, lost_parcel, second)
    _takes_down_a_call(desk)
    _searches_and_keeps_a_view(desk)
    many()
    _works_on_all_pages_of_a_view_and_takes_it_back(desk)
    _goes_home(desk)


def _signs_in(desk: Keys) -> None:
    page = desk.page
    desk.expects_focus_on(page.get_by_label("E-mail address"))
    desk.say("nadia@harbour.example")
    desk.press("Tab")
    desk.expects_focus_on(page.get_by_label("Password"))
    desk.say(PASSWORD)
    desk.press("Enter")
    expect(page).to_have_url(re.compile("/inbox/unassigned$"))


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
    expect(page.locator(".composer [contenteditable=true]")).to_be_visible()
    desk.expects_a_focus()


def _takes_it_and_asks_a_colleague(desk: Keys) -> None:
    page = desk.page
    desk.press("a")
    desk.expects_focus_on(page.get_by_label("Sift by name"))
    desk.say("Me")
    desk.press("Enter")
    expect(page.locator(".event")).to_contain_text("took it")
    desk.expects_a_focus()

    desk.press("n")
    desk.say("Ask depot 7, @Om")
    expect(page.get_by_role("option", name="Omar Benali")).to_be_visible()
    desk.press("Enter", "Control+Enter")
    expect(page.locator(".message--note")).to_contain_text("Ask depot 7, @Omar Benali")
    desk.expects_focus_on(_mode(page))  # where every key works again


def _mode(page: Page) -> Locator:
    return page.get_by_role("button", name="Reply", exact=True)


def _answers_with_a_macro_takes_it_back_and_sends_it(desk: Keys) -> None:
    page = desk.page
    editor = page.locator(".composer [contenteditable=true]")
    desk.press("m")
    desk.expects_focus_on(page.get_by_label("Sift macros"))
    desk.say("late")
    desk.press("ArrowDown", "Enter")
    expect(page.get_by_role("button", name="Put into the answer")).to_be_visible()
    desk.tab_to("Put into the answer")
    desk.press("Enter")
    expect(editor).to_have_text("Hello Vera, we look for it.")
    desk.expects_a_focus()
    desk.press("Control+Enter")
    expect(page.locator(".message--ours")).to_contain_text("we look for it.")
    desk.expects_focus_on(_mode(page))
    desk.press("z")
    expect(page.locator(".message--ours")).to_have_count(0)
    desk.expects_a_focus()
    assert Message.objects.filter(kind="reply").count() == 0

    desk.press("r")
    expect(editor).to_be_focused()
    expect(editor).to_have_text("Hello Vera, we look for it.")
    desk.press("Control+Enter")
    expect(page.locator(".message--ours")).to_contain_text("we look for it.")
    desk.expects_focus_on(_mode(page))


def _sorts_tags_and_snoozes(desk: Keys) -> None:
    page = desk.page
    desk.press("t")
    desk.expects_focus_on(page.get_by_label("Add a tag"))
    desk.say("lost")
    desk.press("Enter")
    expect(page.locator(".tag", has_text="lost")).to_be_visible()
    desk.expects_a_focus()
    desk.press("Tab")

    for key, chosen, told in (("p", "h", "High"), ("s", "o", "Open")):
        desk.press(key)
        desk.expects_focus_on(page.locator(".menu__item:focus"))
        desk.press(chosen, "Enter")
        expect(page.locator(".event").last).to_contain_text(told)
        desk.expects_a_focus()

    desk.press("b")
    desk.expects_focus_on(page.get_by_role("button", name="They answer"))
    desk.press("Enter")
    expect(page.get_by_role("button", name="Wake")).to_be_visible()
    desk.expects_a_focus()
    desk.press("b")
    expect(page.get_by_role("button", name="Snooze")).to_be_visible()
    desk.expects_a_focus()


def _merges_and_takes_it_back(desk: Keys, lost_parcel: Ticket, second: Ticket) -> None:
    """By the command bar, with a preview."""
    page, timeline = desk.page, desk.page.locator(f"#ticket-{lost_parcel.number}-timeline")
    desk.command("Merge this ticket")
    expect(page).to_have_url(re.compile("/merge$"))
    desk.tab_to(f"#{second.number}")
    desk.press("Enter")
    expect(page).to_have_url(re.compile(r"/merge\?"))
    desk.tab_to(f"Merge into #{lost_parcel.number}")
    desk.press("Enter")
    expect(timeline).to_contain_text("Again: where is it?")
    assert Ticket.objects.get(pk=second.pk).status == "merged"
    desk.press("z")
    expect(timeline).not_to_contain_text("Again: where is it?")


def _takes_down_a_call(desk: Keys) -> None:
    """A new ticket for somebody who is known, closed right away."""
    page = desk.page
    desk.press("c")
    desk.expects_focus_on(page.get_by_label("Who it is for", exact=True).and_(page.locator("input")))
    desk.say("vera")
    vera = page.get_by_role("button", name="Vera Lindqvist")
    expect(vera).to_be_visible()
    desk.press("Tab")
    desk.expects_focus_on(vera)
    desk.press("Enter")
    expect(page.get_by_role("button", name="Somebody else")).to_be_visible()
    desk.expects_a_focus()
    desk.tab_to("Subject")
    desk.say("She called again")
    desk.tab_to("Your text")
    desk.say("The parcel came after all.")
    desk.press("Control+Enter")
    expect(page.locator(".message")).to_contain_text("The parcel came after all.")
    desk.press("e", "Enter")
    expect(page.locator(".event").last).to_contain_text("closed it: Solved")
    desk.expects_a_focus()
    assert Ticket.objects.get(subject="She called again").closure.reason == "solved"


def _searches_and_keeps_a_view(desk: Keys) -> None:
    page = desk.page
    desk.press("g", "s")
    desk.expects_focus_on(page.get_by_label("Search tickets"))
    desk.say("delivery")
    expect(page.locator(".row")).to_have_count(1)
    desk.expects_a_focus()

    desk.command("Go to Everyone: All open")
    expect(page).to_have_url(re.compile("/inbox/open$"))
    desk.press("f")
    desk.expects_focus_on(page.get_by_label("Filter this view"))
    desk.say("subject:crate")
    desk.press("Enter")
    expect(page.locator(".filter--on")).to_contain_text("subject:crate")
    desk.press("Tab", "v")
    desk.expects_focus_on(page.get_by_role("menuitem", name="Save as a view…"))
    desk.press("Enter")
    desk.expects_focus_on(page.get_by_label("Name", exact=True))
    desk.say("Crates")
    desk.press("Enter")
    expect(page.get_by_role("heading", name="Crates", level=2)).to_be_visible()
    assert View.objects.get().name == "Crates"


def _works_on_all_pages_of_a_view_and_takes_it_back(desk: Keys) -> None:
    page = desk.page
    desk.command("Go to Mine: Crates")
    expect(page.locator(".row").nth(MANY - 10)).to_be_attached()
    desk.press("j", "x")
    expect(page.locator("#inbox-bulk")).to_contain_text("1 chosen")
    desk.expects_a_focus()
    desk.press("Shift+A")
    expect(page.get_by_label("All of this view, over all pages")).to_be_checked()
    desk.press("Shift+X")
    expect(page.get_by_role("heading", name=f"{MANY} tickets")).to_be_visible()

    desk.tab_to("Set the priority")
    desk.say("Urgent")
    desk.tab_to("Show what changes")
    desk.press("Enter")
    expect(page.locator("#foresight")).to_contain_text(f"{MANY} tickets change")
    desk.tab_to(f"Change {MANY} tickets")
    desk.press("Enter")
    _until_the_order_is(desk, "done", f"{MANY} changed")
    assert Ticket.objects.filter(priority=4).count() == MANY

    desk.press("z")
    _until_the_order_is(desk, "reverted", f"{MANY} taken back")
    assert not Ticket.objects.filter(priority=4).exists()


def _until_the_order_is(desk: Keys, state: str, told: str) -> None:
    """The worker does it, and the page follows."""
    expect(desk.page.get_by_role("button", name="Stop")).to_be_visible()
    drains.empty("bulk")
    expect(desk.page.locator(".bulk__sums")).to_contain_text(told)
    assert BulkOrder.objects.get().state == state


def _goes_home(desk: Keys) -> None:
    desk.command("Sign out")
    expect(desk.page).to_have_url(re.compile("/sign-in"))
    desk.tab_to("Sign in")


def test_W7_every_key_is_on_the_map_and_a_field_is_reached_by_its_command(lost_parcel, desk):
    page = desk.page
    desk.press("Shift+?")
    expect(page.locator("#keymap")).to_be_visible()
    shown = page.locator("#keymap kbd").all_inner_texts()
    assert {"j", "k", "o", "x", "f", "v", "/", "c", "?"} <= set(shown)
    desk.press("Escape", "j", "Enter")
    expect(page.locator(".composer [contenteditable=true]")).to_be_visible()

    desk.command("Add a tag")
    desk.expects_focus_on(page.get_by_label("Add a tag"))
    desk.command("Go to Notifications")
    expect(page).to_have_url(re.compile("/notifications$"))


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

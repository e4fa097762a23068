"""The inbox in a real browser: answering, noting, closing, live updates, the keyboard, a phone."""

import re
import time
from collections.abc import Iterable

import pytest
from playwright.sync_api import expect

from handrail.tickets.models import Message, Ticket
from tests.ready import wait_until_it_hears

pytestmark = pytest.mark.browser

#: What happens live is seen so soon; on a busy machine perhaps only once in so many tries.
SOON_SECONDS, TRIES = 2.0, 5


def soon(took: Iterable[float]) -> bool:
    return any(seconds < SOON_SECONDS for seconds in took)


@pytest.fixture
def inbox(browser, nadia, lost_parcel):
    """Nadia's inbox with Vera's ticket open."""
    page = browser(nadia)
    page.goto(f"/inbox/unassigned/{lost_parcel.number}")
    expect(page.get_by_role("heading", name="Where is my parcel?", exact=True)).to_be_visible()
    return page


def write(page, words):
    editor = page.locator(".composer [contenteditable=true]")
    editor.click()
    editor.press_sequentially(words, delay=5)


def test_nadia_opens_a_ticket_beside_the_list_without_leaving_the_page(browser, nadia, lost_parcel):
    page = browser(nadia)
    page.goto("/inbox/unassigned")
    page.evaluate("window.stayed = true")

    page.get_by_role("link", name="Where is my parcel?").click()

    expect(page.locator(f"#ticket-{lost_parcel.number}-timeline")).to_contain_text("out for delivery")
    expect(page).to_have_url(re.compile(f"/inbox/unassigned/{lost_parcel.number}$"))
    assert page.evaluate("window.stayed") is True


def test_going_back_leads_to_the_list_and_forward_to_the_ticket(browser, nadia, lost_parcel):
    page = browser(nadia)
    page.goto("/inbox/unassigned")
    page.get_by_role("link", name="Where is my parcel?").click()
    expect(page.locator(f"#ticket-{lost_parcel.number}")).to_be_visible()

    page.go_back()
    expect(page.locator("#main")).to_contain_text("Choose a ticket")

    page.go_forward()
    expect(page.locator(f"#ticket-{lost_parcel.number}-timeline")).to_contain_text("out for delivery")
    expect(page.get_by_role("link", name="Where is my parcel?")).to_have_attribute("aria-current", "true")


def test_nadia_answers_and_the_composer_is_empty_again(inbox, lost_parcel):
    write(inbox, "It is in the van of route 12.")

    inbox.get_by_role("button", name="Send", exact=True).click()

    expect(inbox.locator(".message--ours")).to_contain_text("It is in the van of route 12.")
    expect(inbox.locator(".composer [contenteditable=true]")).to_have_text("")
    assert Message.objects.get(kind="reply").text == "It is in the van of route 12."
    assert Ticket.objects.get().status == Ticket.Status.WAITING


def test_an_answer_is_taken_back_and_its_words_are_in_the_composer(inbox):
    write(inbox, "Oops, the wrong words")
    inbox.get_by_role("button", name="Send", exact=True).click()

    inbox.get_by_role("button", name="Undo").click()

    expect(inbox.locator(".composer [contenteditable=true]")).to_have_text("Oops, the wrong words")
    expect(inbox.locator(".message--ours")).to_have_count(0)
    assert not Message.objects.filter(kind="reply").exists()


def test_a_note_looks_like_a_note_before_and_after(inbox):
    inbox.get_by_role("button", name="Note", exact=True).click()
    expect(inbox.locator(".composer--note")).to_contain_text("Only colleagues see this")

    write(inbox, "Ask depot 7.")
    inbox.get_by_role("button", name="Add note").click()

    expect(inbox.locator(".message--note")).to_contain_text("Ask depot 7.")
    assert Message.objects.get(kind="note").text == "Ask depot 7."


def test_nadia_closes_with_a_reason_and_opens_it_again(inbox):
    inbox.get_by_role("button", name="Close", exact=True).click()
    inbox.get_by_role("button", name="Solved").or_(inbox.get_by_role("menuitem", name="Solved")).click()

    expect(inbox.locator(".event")).to_contain_text("closed it: Solved")
    assert Ticket.objects.get().status == Ticket.Status.CLOSED

    inbox.get_by_role("button", name="Open again").click()

    expect(inbox.get_by_role("button", name="Close", exact=True)).to_be_visible()
    assert Ticket.objects.get().status == Ticket.Status.OPEN


def test_what_was_typed_is_there_after_a_reload(inbox):
    write(inbox, "Half a sentence")
    expect(inbox.locator(".composer__saved")).to_have_text("Draft saved")

    inbox.reload()

    expect(inbox.locator(".composer [contenteditable=true]")).to_have_text("Half a sentence")


def test_a_colleague_sees_the_answer_happen_live(inbox, browser, omar, lost_parcel):
    second = browser(omar)
    second.goto(f"/inbox/open/{lost_parcel.number}")
    expect(second.locator(".message")).to_have_count(1)
    wait_until_it_hears(second)

    def seconds_until_he_sees(words):
        write(inbox, words)
        inbox.get_by_role("button", name="Send", exact=True).click()
        began = time.monotonic()
        expect(second.locator(".message--ours").last).to_contain_text(words)
        return time.monotonic() - began

    assert soon(seconds_until_he_sees(f"It is in van {number}.") for number in range(TRIES))


def test_new_mail_gathers_in_a_quiet_bar_and_no_row_moves(browser, nadia, lost_parcel, write_in):
    page = browser(nadia)
    page.goto("/inbox/unassigned")
    expect(page.locator(".row")).to_have_count(1)
    wait_until_it_hears(page)
    bar = page.locator("#inbox-arrived")

    def seconds_until_told(new):
        write_in(subject="Another parcel")
        began = time.monotonic()
        expect(bar).to_have_text(f"{new} new")
        return time.monotonic() - began

    assert soon(seconds_until_told(new) for new in range(1, TRIES + 1))
    write_in(subject="And one more")
    expect(page.locator(".row")).to_have_count(1)
    expect(page.locator("#view-unassigned .count")).to_have_text(str(Ticket.objects.count()))

    bar.click()

    expect(page.locator(".row")).to_have_count(Ticket.objects.count())


def test_who_writes_while_a_message_comes_in_sees_it_and_is_asked_again(inbox, lost_parcel, write_in):
    write(inbox, "I look for it.")
    write_in(lost_parcel, text="Never mind, it is here!", reply_text="Never mind, it is here!")

    inbox.get_by_role("button", name="Send", exact=True).click()

    expect(inbox.locator(".composer")).to_contain_text("Vera Lindqvist wrote while you were writing")
    expect(inbox.locator(".composer [contenteditable=true]")).to_have_text("I look for it.")
    assert not Message.objects.filter(kind="reply").exists()

    inbox.get_by_role("button", name="Send anyway").click()

    expect(inbox.locator(".message--ours")).to_contain_text("I look for it.")


def test_on_a_phone_one_pane_at_a_time_does_everything(browser, nadia, lost_parcel):
    page = browser(nadia, phone=True)
    page.goto("/inbox/unassigned")
    page.get_by_role("link", name="Where is my parcel?").click()
    expect(page.get_by_role("heading", name="Where is my parcel?", exact=True)).to_be_visible()
    expect(page.locator("#list")).to_be_hidden()

    write(page, "From the bus.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".message--ours")).to_contain_text("From the bus.")
    page.get_by_role("button", name="About this ticket", exact=True).click()
    expect(page.locator("#side")).to_contain_text("Nordlys Books")
    page.get_by_role("button", name="Back to the ticket").click()
    page.get_by_role("button", name="Back to the list").click()

    expect(page.locator("#list")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_script_it_still_works_page_by_page(browser, nadia, lost_parcel):
    page = browser(nadia, script=False)
    page.goto("/inbox/unassigned")
    page.get_by_role("link", name="Where is my parcel?").click()

    page.get_by_label("Your text").fill("Plain words.")
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.locator(".message--ours")).to_contain_text("Plain words.")
    assert Message.objects.get(kind="reply").text == "Plain words."


def test_a_file_is_put_with_the_draft_and_leaves_with_the_answer(inbox):
    label = {"name": "label.txt", "mimeType": "text/plain", "buffer": b"a label"}
    inbox.locator(".composer input[type=file]").set_input_files(label)
    expect(inbox.locator(".composer__files .file")).to_contain_text("label.txt")

    inbox.get_by_role("button", name="Send", exact=True).click()

    expect(inbox.locator(".message--ours .file")).to_contain_text("label.txt")
    expect(inbox.locator(".composer__files .file")).to_have_count(0)


def test_searching_needs_no_mouse(browser, nadia, lost_parcel, write_in):
    write_in(subject="Another matter", text="Nothing of that", reply_text="Nothing of that")
    page = browser(nadia)
    page.goto("/inbox/mine")

    page.keyboard.press("/")
    expect(page.get_by_label("Search tickets")).to_be_focused()
    page.keyboard.type("delivery", delay=20)

    expect(page.locator(".row__subject")).to_have_text(re.compile("Where is my parcel"))
    expect(page.get_by_label("Search tickets")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/inbox/search\?q=delivery$"))


def test_the_command_bar_goes_to_a_view_and_to_a_ticket(browser, nadia, lost_parcel):
    page = browser(nadia)
    page.goto("/inbox/mine")

    page.keyboard.press("Control+k")
    page.keyboard.type("everyone unass", delay=20)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/inbox/unassigned$"))

    page.keyboard.press("Control+k")
    page.keyboard.type(str(lost_parcel.number), delay=20)
    expect(page.locator("#command-bar-remote .command").first).to_contain_text("Where is my parcel?")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/inbox/search/{lost_parcel.number}$"))


def test_who_closes_second_is_told_and_sees_the_ticket_as_it_is(browser, nadia, omar, lost_parcel):
    pages = [browser(who) for who in (nadia, omar)]
    for page in pages:
        page.route("**/live*", lambda route: route.abort())  # both act on an old picture
        page.goto(f"/inbox/open/{lost_parcel.number}")
        page.get_by_role("button", name="Close", exact=True).click()

    pages[0].get_by_role("menuitem", name="Solved").click()
    expect(pages[0].get_by_role("button", name="Open again")).to_be_visible()
    pages[1].get_by_role("menuitem", name="Duplicate").click()

    told = pages[1].locator(".toast--trouble", has_text="Nadia Haddad was faster and closed it: Solved")
    expect(told).to_be_visible()
    expect(pages[1].get_by_role("button", name="Open again")).to_be_visible()
    assert Ticket.objects.get().closure.reason == "solved"


def test_on_a_slow_line_every_press_is_felt_at_once_and_works_once(browser, nadia, lost_parcel):
    page = browser(nadia, slow_ms=300)
    page.goto("/inbox/unassigned")
    row = page.get_by_role("link", name="Where is my parcel?")

    row.click()
    assert row.get_attribute("aria-current") == "true"
    expect(page.locator(f"#ticket-{lost_parcel.number}")).to_be_visible()
    write(page, "Only once.")
    send = page.get_by_role("button", name="Send", exact=True)
    send.dblclick()

    expect(page.locator(".message--ours")).to_have_count(1)
    assert Message.objects.filter(kind="reply").count() == 1


@pytest.fixture
def write_in(write):
    """Let Vera write while browsers look, each time as a mail of its own."""
    count = iter(range(100))

    def say(ticket=None, **changes):
        return write(ticket, external_id=f"live-{next(count)}@nordlys.example", **changes)

    return say

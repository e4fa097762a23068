"""Checklists in a real browser: put on, ticked, given; the guard; own tasks; by keyboard, on a phone."""

import pytest
from playwright.sync_api import expect

from handrail.kit import clock
from handrail.tickets.checklists import putting, writing
from handrail.tickets.checklists.writing import Wanted
from handrail.tickets.models import ChecklistTemplate, Task, Ticket
from handrail.tickets.models.checklist_template import Step

pytestmark = pytest.mark.browser


@pytest.fixture
def claims(iris):
    """A ready checklist."""
    steps = [Step(text="Look at the photos"), Step(text="Pay", due="3d")]
    return ChecklistTemplate.make(name="Claims", steps=steps, team=None, by=iris, at=clock.now())


def test_a_checklist_is_put_on_and_worked_off_by_keyboard(browser, nadia, omar, lost_parcel, claims):
    page = browser(nadia)
    page.goto(f"/tickets/{lost_parcel.number}")
    side = page.locator(f"#ticket-{lost_parcel.number}-checklists")
    expect(side).to_have_text("")

    page.keyboard.press("h")
    expect(page.get_by_role("button", name="Claims")).to_be_focused()
    page.keyboard.press("Enter")
    expect(side).to_contain_text("Claims0/2")

    line = side.get_by_label("Add a task to Claims")
    for words in ("Call the carrier", "Write to Vera"):
        line.fill(words)
        line.press("Enter")
        expect(side.get_by_role("link", name=words)).to_be_visible()
        expect(line).to_have_value("")

    side.get_by_role("checkbox", name="Look at the photos").focus()
    page.keyboard.press("Enter")
    expect(side).to_contain_text("Claims1/4")
    timeline = page.locator(f"#ticket-{lost_parcel.number}-timeline")
    expect(timeline).to_contain_text("ticked off Look at the photos")

    side.get_by_role("link", name="Write to Vera").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Task")
    dialog.get_by_label("Who does it").select_option(label="Omar Benali")
    dialog.get_by_role("button", name="Up").focus()
    page.keyboard.press("Enter")
    expect(side.locator(".task__text").nth(2)).to_have_text("Write to Vera")
    dialog.get_by_label("Who does it").select_option(label="Omar Benali")
    dialog.get_by_role("button", name="Save").click()
    expect(side).to_contain_text("Omar Benali")
    expect(dialog).to_have_count(0)
    assert Task.objects.get(text="Write to Vera").owner == omar


def test_tasks_are_put_into_order_by_keys_and_dragging_for_all(browser, nadia, iris, lost_parcel):
    checklist = putting.add(lost_parcel, title="Claims", by=nadia, at=clock.now())
    for words in ("One", "Two", "Three"):
        writing.write(checklist, Wanted(text=words), by=nadia, at=clock.now())
    page, other = browser(nadia), browser(iris)
    for each in (page, other):
        each.goto(f"/tickets/{lost_parcel.number}")
    texts = page.locator(".task__text")
    expect(texts).to_have_text(["One", "Two", "Three"])

    page.get_by_role("link", name="One").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(texts).to_have_text(["Two", "One", "Three"])
    expect(page.get_by_role("link", name="One")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Moved to place 2")
    page.locator(".task", has_text="Three").drag_to(page.locator(".task", has_text="Two"))
    expect(texts).to_have_text(["Three", "Two", "One"])

    expect(other.locator(".task__text")).to_have_text(["Three", "Two", "One"])


def test_a_removed_task_comes_back_and_one_becomes_a_ticket(browser, nadia, lost_parcel):
    checklist = putting.add(lost_parcel, title="Returns", by=nadia, at=clock.now())
    writing.write(checklist, Wanted(text="Call the carrier", owner=nadia), by=nadia, at=clock.now())
    page = browser(nadia)
    page.goto(f"/tickets/{lost_parcel.number}")
    side = page.locator(f"#ticket-{lost_parcel.number}-checklists")

    side.get_by_role("link", name="Call the carrier").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(side.get_by_role("link", name="Call the carrier")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(side.get_by_role("link", name="Call the carrier")).to_be_visible()

    side.get_by_role("link", name="Call the carrier").click()
    page.get_by_role("dialog").get_by_role("button", name="Make it a ticket").click()
    expect(side.locator(".task__facts")).to_contain_text("#")
    part = Ticket.objects.exclude(pk=lost_parcel.pk).get()
    assert (part.subject, part.owner) == ("Call the carrier", nadia)
    part.solve(by=nadia, at=clock.now())
    expect(side).to_contain_text("Returns1/1")


def test_an_open_task_asks_why_the_ticket_is_closed_all_the_same(browser, iris, lost_parcel):
    checklist = putting.add(lost_parcel, title="Returns", by=iris, at=clock.now())
    writing.write(checklist, Wanted(text="Call the carrier"), by=iris, at=clock.now())
    page = browser(iris)
    page.goto(f"/tickets/{lost_parcel.number}")

    page.keyboard.press("e")
    page.get_by_role("menuitem", name="Solved").click()
    expect(page.locator(".held-tasks")).to_have_text("Call the carrier")
    page.get_by_label("Why all the same?").fill("The carrier called us")
    page.get_by_role("button", name="Close all the same").click()

    expect(page.locator(f"#ticket-{lost_parcel.number}-timeline")).to_contain_text("The carrier called us")
    assert Ticket.objects.get(pk=lost_parcel.pk).is_done


def test_ones_own_tasks_are_ticked_off_on_a_phone(browser, nadia, lost_parcel):
    checklist = putting.add(lost_parcel, title="Returns", by=nadia, at=clock.now())
    writing.write(checklist, Wanted(text="Call the carrier", owner=nadia), by=nadia, at=clock.now())
    page = browser(nadia, phone=True)
    page.goto("/tasks")
    expect(page.locator("#task-count")).to_contain_text("1")

    page.get_by_role("checkbox", name="Call the carrier").click()
    expect(page.get_by_role("checkbox", name="Call the carrier")).to_be_checked()
    expect(page.locator("#task-count")).to_have_text("")
    page.get_by_role("checkbox", name="Call the carrier").click()
    expect(page.get_by_role("checkbox", name="Call the carrier")).not_to_be_checked()
    page.get_by_role("link", name=f"#{lost_parcel.number}").click()

    expect(page.get_by_role("heading", name="Where is my parcel?")).to_be_visible()


def test_a_due_date_is_set_on_a_phone(browser, nadia, lost_parcel):
    page = browser(nadia, phone=True)
    page.goto(f"/tickets/{lost_parcel.number}")

    page.get_by_role("button", name="More about this ticket").click()
    page.get_by_role("menuitem", name="Due date…").click()
    page.get_by_role("button", name="In a week").click()

    expect(page.locator(".ticket-head__facts")).to_contain_text("due")
    assert Ticket.objects.get(pk=lost_parcel.pk).due_at is not None

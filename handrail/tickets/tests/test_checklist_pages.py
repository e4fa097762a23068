"""Checklists, tasks and due dates on their pages: by script, without one, and at a constant cost."""

from datetime import timedelta

import pytest

from handrail.kit import clock
from handrail.tickets.checklists import putting, writing
from handrail.tickets.checklists.queries import checklists_on, tasks_of
from handrail.tickets.checklists.writing import Wanted
from handrail.tickets.models import Checklist, ChecklistTemplate, Task, Ticket, View
from handrail.tickets.models.checklist_template import Step

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def ready(iris) -> ChecklistTemplate:
    steps = [Step(text="Look at the photos"), Step(text="Pay", due="3d")]
    return ChecklistTemplate.make(name="Claims", steps=steps, team=None, by=iris, at=clock.now())


def page_of(browser, path):
    return browser.get(path).content.decode()


def test_a_ticket_without_checklists_shows_no_panel_and_asks_for_none(
    nadia, client_of, lost_parcel, django_assert_num_queries, django_assert_max_num_queries, call
):
    page, here = client_of(nadia), f"/tickets/{lost_parcel.number}"
    page.get(here)
    with django_assert_max_num_queries(20) as with_one:
        assert "Returns" in page_of(page, here)
    putting.remove(call.checklist, by=nadia, at=clock.now())

    with django_assert_num_queries(len(with_one) - 1):
        assert 'class="tasks"' not in page_of(page, here)


def test_many_tasks_cost_what_one_does(nadia, omar, lost_parcel, returns, call, django_assert_num_queries):
    assert nadia.brand_ids  # read with the request
    with django_assert_num_queries(1):
        checklists_on(lost_parcel.pk, agent=nadia)
    for n in range(4):
        writing.write(returns, Wanted(text=f"{n}", owner=omar), by=nadia, at=clock.now())

    with django_assert_num_queries(1):
        (listed,) = checklists_on(lost_parcel.pk, agent=nadia)

    assert len(listed.items) == 5


def test_my_tasks_cost_the_same_queries_for_one_row_and_for_three(
    nadia, client_of, write, django_assert_num_queries, django_assert_max_num_queries
):
    def one_more(n):
        ticket = write(external_id=f"{n}@x").ticket
        checklist = putting.add(ticket, title="Returns", by=nadia, at=clock.now())
        writing.write(checklist, Wanted(text=f"Task {n}", owner=nadia), by=nadia, at=clock.now())

    page = client_of(nadia)
    one_more(1)
    page.get("/tasks")
    with django_assert_max_num_queries(8) as one:
        assert "Task 1" in page_of(page, "/tasks")
    one_more(2)
    one_more(3)

    with django_assert_num_queries(len(one)):
        assert "Task 3" in page_of(page, "/tasks")


def test_a_ready_checklist_is_put_on_with_one_choice(nadia, client_of, lost_parcel, ready):
    page, here = client_of(nadia), f"/tickets/{lost_parcel.number}/checklists"
    assert "Claims" in page.get(here, headers=BY_SCRIPT).content.decode()

    answer = page.post(here, {"template": ready.pk}, headers=BY_SCRIPT).content.decode()

    assert "Look at the photos" in answer
    assert Task.objects.count() == 2


def test_a_team_s_checklist_is_not_for_others(omar, house, client_of, lost_parcel, ready, iris):
    ready.rewrite(name="Claims", steps=ready.steps, team=house.parcels, at=clock.now())
    page, here = client_of(omar), f"/tickets/{lost_parcel.number}/checklists"

    assert page.post(here, {"template": ready.pk}).status_code == 422

    assert Checklist.objects.count() == 0


def test_without_a_script_everything_works_on_pages(nadia, client_of, lost_parcel):
    page, here = client_of(nadia), f"/tickets/{lost_parcel.number}/checklists"

    page.post(here, {"title": "Returns"}, headers={"Referer": f"http://testserver{here}"})
    checklist = Checklist.objects.get()
    page.post(f"{here}/{checklist.pk}/tasks", {"text": "Call"})
    task = Task.objects.get()
    page.post(
        f"/tickets/{lost_parcel.number}/tasks/{task.pk}",
        {"text": "Call them", "owner": nadia.pk, "due_at": "2026-12-01T10:00", "required": "on"},
    )
    page.post(f"/tickets/{lost_parcel.number}/tasks/{task.pk}/tick")

    task.refresh_from_db()
    assert (task.text, task.owner, task.is_done) == ("Call them", nadia, True)
    assert task.due_at is not None
    assert "Call them" in page_of(page, here)


def test_a_task_with_a_wrong_moment_is_asked_again(nadia, client_of, lost_parcel, call):
    here = f"/tickets/{lost_parcel.number}/tasks/{call.pk}"

    answer = client_of(nadia).post(here, {"text": "Call", "due_at": "soon"}, headers=BY_SCRIPT)

    assert (answer.status_code, "Choose a moment." in answer.content.decode()) == (422, True)


def test_what_was_removed_comes_back_by_the_toast(nadia, client_of, lost_parcel, call):
    page, here = client_of(nadia), f"/tickets/{lost_parcel.number}/tasks/{call.pk}"

    told = page.post(here, {"_method": "delete"}, headers=BY_SCRIPT).content.decode()
    assert f"{here}/return" in told
    page.post(f"{here}/return", headers=BY_SCRIPT)

    assert Task.objects.standing().count() == 1


def test_a_ticked_task_stays_in_ones_list_until_the_page_is_read_again(nadia, client_of, lost_parcel, call):
    writing.give(call, nadia, by=nadia, at=clock.now())
    page, here = client_of(nadia), f"/tickets/{lost_parcel.number}/tasks/{call.pk}/tick"

    row = page.post(here, {"list": "on"}, headers=BY_SCRIPT).content.decode()

    assert 'aria-checked="true"' in row
    assert tasks_of(nadia) == []
    assert "Nothing to do" in page_of(page, "/tasks")


def test_leads_see_a_teams_tasks_and_agents_do_not(nadia, iris, omar, client_of, lost_parcel, call):
    assert "Call the carrier" in page_of(client_of(iris), "/tasks?team=parcels")
    assert client_of(nadia).get("/tasks?team=parcels").status_code == 404
    assert client_of(iris).get("/tasks?team=office-desk").status_code == 404


def test_a_due_date_is_chosen_shown_and_taken_away(nadia, client_of, lost_parcel):
    page, here = client_of(nadia), f"/tickets/{lost_parcel.number}/due"

    page.post(here, {"due": "1d"})
    assert Ticket.objects.get(pk=lost_parcel.pk).due_at is not None
    assert "Due date" in page_of(page, f"/tickets/{lost_parcel.number}")
    assert page.post(here, {"due": "someday"}).status_code == 422
    page.post(here, {"_method": "delete"})

    assert Ticket.objects.get(pk=lost_parcel.pk).due_at is None


def test_the_page_asks_why_a_ticket_ends_although_tasks_are_open(nadia, iris, client_of, lost_parcel, call):
    here = f"/tickets/{lost_parcel.number}/closure"
    asked = client_of(iris).post(here, {"reason": "solved"})["Location"]
    leads, agents = (page_of(client_of(who), asked) for who in (iris, nadia))
    assert ("Call the carrier" in leads, 'name="despite"' in leads) == (True, True)
    assert ("Call the carrier" in agents, 'name="despite"' in agents) == (True, False)

    client_of(iris).post(here, {"reason": "solved", "despite": "Sold"})

    assert Ticket.objects.get(pk=lost_parcel.pk).status == "closed"


def test_solving_from_the_menu_asks_the_same_and_solves(iris, client_of, lost_parcel, call):
    page, here = client_of(iris), f"/tickets/{lost_parcel.number}"

    asked = page.post(f"{here}/status", {"to": "solved"})["Location"]
    assert 'name="to" value="solved"' in page_of(page, asked)
    page.post(f"{here}/closure", {"reason": "solved", "to": "solved", "despite": "Sold"})

    assert Ticket.objects.get(pk=lost_parcel.pk).status == "solved"


def test_a_board_names_what_holds_a_card_up(iris, client_of, lost_parcel, call):
    board = View.make(
        by=iris, at=clock.now(), name="Board", text="status:live", shape="board", grouping="status"
    )

    answer = client_of(iris).post(
        f"/inbox/{board.key}/{lost_parcel.number}/move", {"to": "solved"}, headers=BY_SCRIPT
    )

    assert (answer.status_code, "Still open: “Call the carrier”." in answer.content.decode()) == (409, True)


def test_ready_checklists_are_written_by_leads(iris, nadia, client_of):
    page = client_of(iris)
    lines = {"text": ["Look", "", "Pay"], "due": ["4h", "", "3d"], "optional": ["2"]}

    assert (
        page.post("/settings/checklists/new", {"name": "Claims", "whose": "everyone", **lines}).status_code
        == 303
    )
    wrong = page.post(
        "/settings/checklists/new", {"name": "C", "whose": "everyone", **lines, "due": ["x", "", ""]}
    )

    made = ChecklistTemplate.objects.get()
    assert made.steps == [Step(text="Look", due="4h"), Step(text="Pay", due="3d", required=False)]
    assert "is no time" in wrong.content.decode()
    assert client_of(nadia).get(f"/settings/checklists/{made.pk}").status_code == 403
    page.post(f"/settings/checklists/{made.pk}/retirement")
    assert ChecklistTemplate.objects.in_use().count() == 0


@pytest.mark.parametrize(
    ("question", "finds"),
    [
        ("due:overdue", ["late"]),
        ("due:none", ["bare"]),
        ("due<3d", ["late", "soon"]),
        ("due:2d", ["soon"]),
        ("due>1d has:checklist", ["soon"]),
        ("tasks:open", ["soon"]),
        ("tasks:mine", ["soon"]),
        ("tasks:done", []),
        ("-due:none sort:due", ["late", "soon"]),
        ("-due:none sort:-due", ["soon", "late"]),
    ],
)
def test_due_dates_and_tasks_are_asked_for(nadia, write, client_of, question, finds):
    now = clock.now()
    tickets = {name: write(subject=name, external_id=f"{name}@x").ticket for name in ("late", "soon", "bare")}
    tickets["late"].fall_due(now - timedelta(hours=2), by=nadia, at=now)
    tickets["soon"].fall_due(now + timedelta(hours=30), by=nadia, at=now)
    checklist = putting.add(tickets["soon"], title="Returns", by=nadia, at=now)
    writing.write(checklist, Wanted(text="Call", owner=nadia), by=nadia, at=now)

    page = client_of(nadia).get("/inbox/search", {"q": question}).content.decode()

    places = {name: page.find(f">{name}</a>") for name in tickets if f">{name}</a>" in page}
    found = sorted(places, key=lambda name: places[name])
    assert (found if "sort" in question else sorted(found)) == finds


def test_a_task_is_put_before_another_or_at_the_end(nadia, client_of, lost_parcel, returns, call):
    pay, write = (
        writing.write(returns, Wanted(text=text), by=nadia, at=clock.now()) for text in ("Pay", "Write")
    )
    gone = writing.write(returns, Wanted(text="Gone"), by=nadia, at=clock.now())
    writing.remove(gone, by=nadia, at=clock.now())
    browser, there = client_of(nadia), f"/tickets/{lost_parcel.number}/tasks"

    def put(task, before):
        answer = browser.post(f"{there}/{task.pk}/place", {"before": before}, headers=BY_SCRIPT)
        (listed,) = checklists_on(lost_parcel.pk, agent=nadia)
        return answer.status_code, [item.text for item in listed.items]

    assert put(write, call.pk) == (200, ["Write", "Call the carrier", "Pay"])
    assert put(write, "") == (200, ["Call the carrier", "Pay", "Write"])
    assert put(pay, gone.pk) == (409, ["Call the carrier", "Pay", "Write"])
    assert put(pay, "nonsense") == (409, ["Call the carrier", "Pay", "Write"])

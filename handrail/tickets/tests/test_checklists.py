"""Checklists and tasks: put on, ticked, given, due; a task that is a ticket; all of it told and put back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from handrail.events.models import FactRow
from handrail.events.queries import facts_about
from handrail.tickets import merging, purging, undoing
from handrail.tickets.checklists import dues, making, putting, referring, ticking, writing
from handrail.tickets.checklists.holding import Gone
from handrail.tickets.checklists.queries import checklists_on
from handrail.tickets.checklists.writing import Wanted
from handrail.tickets.events import TaskTicked
from handrail.tickets.models import Checklist, ChecklistTemplate, Link, Task, Ticket
from handrail.tickets.models.checklist_template import Step
from handrail.tickets.receiving import receive
from handrail.tickets.remembering import remembered
from tests.cast import NINE, VERA_WRITES


def after(minutes):
    return NINE + timedelta(minutes=minutes)


@pytest.fixture
def other(write) -> Ticket:
    ticket: Ticket = write(subject="The van", external_id="van@x").ticket
    return ticket


def texts(ticket, agent):
    return [[item.text for item in listed.items] for listed in checklists_on(ticket.pk, agent=agent)]


def last_change(ticket, kind):
    row = FactRow.objects.filter(subject_id=ticket.pk, kind=f"tickets.{kind}").latest("id")
    return row.pk


def test_a_ticket_has_several_checklists_in_the_order_they_came(nadia, lost_parcel, returns, call):
    packing = putting.add(lost_parcel, title="Packing", by=nadia, at=after(3))
    writing.write(packing, Wanted(text="Find a box"), by=nadia, at=after(4))

    assert texts(lost_parcel, nadia) == [["Call the carrier"], ["Find a box"]]


def test_a_template_brings_its_tasks_with_their_dates_by_the_clock_of_who_puts_it(nadia, lost_parcel):
    nadia.user.timezone = "Europe/Berlin"
    steps = [Step(text="Call", due="4h"), Step(text="Refund", due="1d"), Step(text="Smile", required=False)]
    template = ChecklistTemplate.make(name="Lost", steps=steps, team=None, by=nadia, at=NINE)

    put = putting.put(lost_parcel, template, by=nadia, at=NINE)

    rows = put.tasks.in_order().values_list("text", "due_at", "required")
    evening = datetime(2026, 11, 17, 16, 0, tzinfo=UTC)  # 17:00 in Berlin
    assert list(rows) == [
        ("Call", NINE + timedelta(hours=4), True),
        ("Refund", evening, True),
        ("Smile", None, False),
    ]


def test_today_after_the_evening_is_tomorrow():
    late = datetime(2026, 11, 16, 18, 0, tzinfo=UTC)

    assert dues.moment("0d", zone="UTC", at=NINE) == datetime(2026, 11, 16, 17, 0, tzinfo=UTC)
    assert dues.moment("0d", zone="UTC", at=late) == datetime(2026, 11, 17, 17, 0, tzinfo=UTC)


def test_ticking_says_who_and_when_and_only_one_is_first(nadia, iris, call):
    ticking.tick(call, by=nadia, at=after(5))

    fresh = Task.objects.get(pk=call.pk)
    assert (fresh.done_by, fresh.done_at) == (nadia, after(5))
    with pytest.raises(ticking.SoAlready):
        ticking.tick(call, by=iris, at=after(6))
    ticking.untick(call, by=iris, at=after(7))
    assert Task.objects.get(pk=call.pk).done_at is None


def test_a_light_agent_ticks_her_own_task_and_no_other(nadia, lena, returns, call):
    hers = writing.write(returns, Wanted(text="Look", owner=lena), by=nadia, at=after(3))

    ticking.tick(hers, by=lena, at=after(4))

    with pytest.raises(PermissionDenied):
        ticking.tick(call, by=lena, at=after(5))
    with pytest.raises(PermissionDenied):
        writing.write(returns, Wanted(text="More"), by=lena, at=after(6))


def test_nobody_gets_a_task_on_a_ticket_they_cannot_see(nadia, piet, call):
    with pytest.raises(writing.CannotSee):
        writing.give(call, piet, by=nadia, at=after(3))


def test_tasks_are_moved_and_at_the_end_they_stay(nadia, lost_parcel, returns, call):
    second = writing.write(returns, Wanted(text="Refund"), by=nadia, at=after(3))

    writing.shift(second, up=True, by=nadia, at=after(4))
    writing.shift(second, up=True, by=nadia, at=after(5))

    assert texts(lost_parcel, nadia) == [["Refund", "Call the carrier"]]


def test_a_task_that_names_a_ticket_is_done_with_its_end_and_open_with_its_return(nadia, returns, other):
    task = writing.write(returns, Wanted(text=f"#{other.number}"), by=nadia, at=after(2))
    with pytest.raises(ticking.IsTicket):
        ticking.tick(task, by=nadia, at=after(3))

    other.solve(by=nadia, at=after(4))
    assert Task.objects.get(pk=task.pk).done_at == after(4)
    other.reopen(by=nadia, at=after(5))

    assert Task.objects.get(pk=task.pk).done_at is None


def test_a_task_follows_the_ticket_into_which_its_own_was_merged(nadia, write, returns, other):
    task = writing.write(returns, Wanted(text=f"#{other.number}"), by=nadia, at=after(2))
    survivor = write(external_id="survivor@x").ticket

    (merge,) = merging.merge([other], into=survivor, by=nadia, at=after(3))
    assert Task.objects.get(pk=task.pk).done_at is None
    Ticket.objects.get(pk=survivor.pk).solve(by=nadia, at=after(4))
    assert Task.objects.get(pk=task.pk).is_done
    merging.undo(merge, by=nadia, at=after(5))

    assert not Task.objects.get(pk=task.pk).is_done


def test_S_020_naming_an_unseen_ticket_is_like_naming_none(nadia, piet, house, lost_parcel, returns):
    hidden = receive(replace(VERA_WRITES, external_id="h@x"), brand=house.office, at=NINE).ticket

    unseen = writing.write(returns, Wanted(text=f"#{hidden.number}"), by=nadia, at=after(2))
    none = writing.write(returns, Wanted(text="#99999"), by=nadia, at=after(3))

    assert [(task.other, task.text) for task in (unseen, none)] == [
        (None, f"#{hidden.number}"),
        (None, "#99999"),
    ]


def test_S_020_who_cannot_see_the_ticket_that_a_task_is_reads_nothing_of_it(
    nadia, lena, house, returns, other
):
    writing.write(returns, Wanted(text=f"#{other.number}"), by=nadia, at=after(2))
    other.move(house.billing, by=nadia, at=after(3))

    (mine,), (hers,) = (checklists_on(returns.ticket_id, agent=who)[0].items for who in (nadia, lena))

    assert (mine.number, mine.subject) == (other.number, "The van")
    assert (hers.is_ticket, hers.text, hers.number, hers.subject, hers.status) == (True, "", None, None, None)


def test_two_tickets_do_not_wait_for_each_other(nadia, lost_parcel, returns, other):
    writing.write(returns, Wanted(text=f"#{other.number}"), by=nadia, at=after(2))
    back = putting.add(other, title="Back", by=nadia, at=after(3))

    with pytest.raises(referring.Circular):
        writing.write(back, Wanted(text=f"#{lost_parcel.number}"), by=nadia, at=after(4))
    with pytest.raises(referring.ToItself):
        writing.write(back, Wanted(text=f"#{other.number}"), by=nadia, at=after(5))


def test_a_task_becomes_a_ticket_with_its_owner_and_date_and_is_done_with_it(nadia, iris, lost_parcel, call):
    writing.change(call, Wanted(text=call.text, owner=iris, due_at=after(600)), by=nadia, at=after(3))

    part = making.make_ticket(call, by=nadia, at=after(4))

    assert (part.subject, part.owner, part.due_at, part.team) == (
        "Call the carrier",
        iris,
        after(600),
        lost_parcel.team,
    )
    assert part.requester.name == nadia.name  # what is said among colleagues is not the customer's to see
    assert Link.objects.get().source == lost_parcel
    Ticket.objects.get(pk=part.pk).solve(by=iris, at=after(5))
    assert Task.objects.get(pk=call.pk).is_done


def test_a_ticket_of_a_task_is_taken_back_and_stays_for_itself(nadia, lost_parcel, call):
    part = making.make_ticket(call, by=nadia, at=after(3))

    undoing.revert(lost_parcel, last_change(lost_parcel, "TaskMadeTicket"), by=nadia, at=after(4))

    assert (Task.objects.get(pk=call.pk).other, Link.objects.count()) == (None, 0)
    assert Ticket.objects.filter(pk=part.pk).exists()


def test_a_merge_takes_checklists_along_and_its_undo_brings_them_home(
    nadia, lost_parcel, returns, call, other
):
    own = putting.add(other, title="Own", by=nadia, at=after(3))

    (merge,) = merging.merge([lost_parcel], into=other, by=nadia, at=after(4))
    there = [listed.title for listed in checklists_on(other.pk, agent=nadia)]
    call.refresh_from_db()
    ticking.tick(Task.objects.get(pk=call.pk), by=nadia, at=after(5))
    merging.undo(merge, by=nadia, at=after(6))

    assert there == ["Returns", "Own"]
    assert {each.ticket_id for each in Checklist.objects.filter(pk=own.pk)} == {other.pk}
    (back,) = checklists_on(lost_parcel.pk, agent=nadia)
    assert (back.title, back.done) == ("Returns", 1)


def test_a_removed_checklist_comes_back_with_the_tasks_it_had(nadia, lost_parcel, returns, call):
    gone = writing.write(returns, Wanted(text="Gone before"), by=nadia, at=after(3))
    writing.remove(gone, by=nadia, at=after(4))
    putting.remove(returns, by=nadia, at=after(5))
    assert checklists_on(lost_parcel.pk, agent=nadia) == []

    undoing.revert(lost_parcel, last_change(lost_parcel, "ChecklistRemoved"), by=nadia, at=after(6))

    assert texts(lost_parcel, nadia) == [["Call the carrier"]]
    with pytest.raises(Gone):
        putting.put_back(returns, by=nadia, at=after(7))


@pytest.mark.parametrize("change", ["text", "owner", "due", "required", "tick", "remove", "add"])
def test_every_change_of_a_task_can_be_put_back(nadia, lost_parcel, call, change):
    before = Task.objects.values().get(pk=call.pk)
    if change == "tick":
        ticking.tick(call, by=nadia, at=after(3))
    elif change == "remove":
        writing.remove(call, by=nadia, at=after(3))
    elif change != "add":
        wanted = {
            "text": Wanted(text="Call again"),
            "owner": Wanted(text=call.text, owner=nadia),
            "due": Wanted(text=call.text, due_at=after(60)),
            "required": Wanted(text=call.text, required=False),
        }
        writing.change(call, wanted[change], by=nadia, at=after(3))
    kinds = {"text": "Reworded", "owner": "Given", "due": "DueChanged", "required": "RequiredChanged"}
    kinds |= {"tick": "Ticked", "remove": "Removed", "add": "Added"}

    undoing.revert(lost_parcel, last_change(lost_parcel, f"Task{kinds[change]}"), by=nadia, at=after(4))

    now = Task.objects.values().get(pk=call.pk)
    assert now == (before | {"removed_at": after(4)} if change == "add" else before)


def test_the_due_date_of_a_ticket_is_set_cleared_and_put_back(nadia, lost_parcel):
    lost_parcel.fall_due(after(60), by=nadia, at=after(1))
    lost_parcel.fall_due(None, by=nadia, at=after(2))
    lost_parcel.fall_due(None, by=nadia, at=after(3))

    undoing.revert(lost_parcel, last_change(lost_parcel, "TicketDueChanged"), by=nadia, at=after(4))

    assert Ticket.objects.get(pk=lost_parcel.pk).due_at == after(60)


def test_the_ticket_as_it_was_knows_its_tasks_and_its_date(nadia, lost_parcel, call):
    lost_parcel.fall_due(after(60), by=nadia, at=after(3))
    ticking.tick(call, by=nadia, at=after(4))
    writing.remove(call, by=nadia, at=after(5))

    then, now = remembered(lost_parcel.pk, at=after(4)), remembered(lost_parcel.pk)

    assert then is not None
    assert now is not None

    assert (then.due_at, [(task.text, task.done, task.gone) for task in then.tasks]) == (
        after(60),
        [("Call the carrier", True, "")],
    )
    assert [task.gone for task in now.tasks] == ["task"]


def test_the_timeline_tells_of_tasks_and_hides_the_ticket_that_one_is(
    nadia, client_of, lost_parcel, call, other
):
    ticking.tick(call, by=nadia, at=after(3))
    writing.write(call.checklist, Wanted(text=f"#{other.number}"), by=nadia, at=after(4))

    page = client_of(nadia).get(f"/tickets/{lost_parcel.number}").content.decode()

    told = "put on the checklist <b>Returns</b>", "ticked off <b>Call the carrier</b>"
    assert all(words in page for words in (*told, "added the task <b>another ticket</b>"))
    assert len(facts_about(lost_parcel.pk, kinds=[TaskTicked])) == 1


def test_a_task_outlives_the_ticket_that_was_made_of_it(nadia, iris, call):
    part = making.make_ticket(call, by=nadia, at=after(3))
    Ticket.objects.get(pk=part.pk).trash(by=iris, reason="Wrong", at=after(4))

    purging.purge(Ticket.objects.get(pk=part.pk), at=after(5))

    fresh = Task.objects.get(pk=call.pk)
    assert (fresh.text, fresh.other) == ("Call the carrier", None)

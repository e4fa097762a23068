"""Tasks at work: they hold a ticket up, stand in people's lists, fall due, and come with many at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from handrail.events.queries import facts_about
from handrail.kit import drains
from handrail.tickets.bulk import choosing
from handrail.tickets.checklists import putting, writing
from handrail.tickets.checklists.queries import checklists_on, tasks_of, tasks_of_team
from handrail.tickets.checklists.writing import Wanted
from handrail.tickets.doing import Unfit, read
from handrail.tickets.events import TaskDueReached
from handrail.tickets.models import ChecklistTemplate, Ticket
from handrail.tickets.models.checklist_template import Step
from tests.cast import NINE


def after(minutes):
    return NINE + timedelta(minutes=minutes)


@pytest.fixture
def other(write) -> Ticket:
    ticket: Ticket = write(subject="The van", external_id="van@x").ticket
    return ticket


def texts(ticket, agent):
    return [[item.text for item in listed.items] for listed in checklists_on(ticket.pk, agent=agent)]


@pytest.mark.parametrize("verb", ["close", "solve"])
def test_an_open_required_task_holds_the_ticket_up_and_is_named(nadia, iris, lost_parcel, call, verb):
    with pytest.raises(Ticket.HeldUp) as held:
        getattr(lost_parcel, verb)(by=nadia, reason="solved", at=after(3))
    assert held.value.args == ("“Call the carrier”",)
    with pytest.raises(PermissionDenied):
        getattr(lost_parcel, verb)(by=nadia, reason="solved", despite="No time", at=after(4))

    getattr(lost_parcel, verb)(by=iris, reason="solved", despite="Sold", at=after(5))

    assert lost_parcel.is_done


def test_an_optional_task_holds_nothing_up(nadia, lost_parcel, call):
    writing.demand(call, required=False, by=nadia, at=after(3))

    lost_parcel.close(by=nadia, reason="solved", at=after(4))

    assert lost_parcel.is_done


def test_a_ticket_that_a_task_is_holds_up_and_is_named_by_its_number(nadia, lost_parcel, returns, other):
    writing.write(returns, Wanted(text=f"#{other.number}"), by=nadia, at=after(2))

    with pytest.raises(Ticket.HeldUp) as held:
        lost_parcel.close(by=nadia, reason="solved", at=after(3))

    assert held.value.args == (f"#{other.number}",)


def test_my_tasks_are_open_ones_on_live_tickets_that_i_see_first_due_first(nadia, omar, returns, other):
    for text, due in (("Later", after(90)), ("Some day", None), ("Soon", after(30))):
        writing.write(returns, Wanted(text=text, owner=nadia, due_at=due), by=nadia, at=after(2))
    writing.write(returns, Wanted(text="Omar’s", owner=omar), by=nadia, at=after(3))
    done = putting.add(other, title="Done", by=nadia, at=after(4))
    writing.write(done, Wanted(text="Over", owner=nadia, required=False), by=nadia, at=after(5))
    other.close(by=nadia, reason="solved", at=after(6))

    assert [due.item.text for due in tasks_of(nadia)] == ["Soon", "Later", "Some day"]


def test_a_teams_tasks_are_its_peoples_and_those_of_nobody_on_its_tickets(nadia, omar, iris, house, returns):
    for text, owner in (("Nadia’s", nadia), ("Omar’s", omar), ("Nobody’s", None)):
        writing.write(returns, Wanted(text=text, owner=owner), by=nadia, at=after(2))

    assert [due.item.text for due in tasks_of_team(house.parcels, agent=iris)] == ["Nadia’s", "Nobody’s"]


def test_an_owner_hears_once_when_a_task_falls_due_and_again_when_its_date_moved(nadia, iris, call):
    def reminders():
        return len(facts_about(call.checklist.ticket_id, kinds=[TaskDueReached]))

    writing.change(call, Wanted(text=call.text, owner=iris, due_at=after(3)), by=nadia, at=after(3))

    drains.empty("tasks")
    drains.empty("tasks")
    assert reminders() == 1
    writing.fall_due(call, after(4), by=nadia, at=after(5))
    drains.empty("tasks")

    assert reminders() == 2


def test_nobody_hears_of_a_task_on_a_ticket_that_is_done(nadia, iris, lost_parcel, call):
    wanted = Wanted(text=call.text, owner=iris, due_at=after(3), required=False)
    writing.change(call, wanted, by=nadia, at=after(3))
    lost_parcel.close(by=nadia, reason="solved", at=after(4))

    assert drains.empty("tasks") == 0


def test_work_on_many_sets_dates_and_puts_checklists_on_and_takes_both_back(nadia, iris, lost_parcel):
    ready = ChecklistTemplate.make(name="Claims", steps=[Step(text="Pay")], team=None, by=iris, at=NINE)
    lost_parcel.fall_due(after(60), by=nadia, at=after(1))
    order = choosing.order(choosing.Choice(numbers=[lost_parcel.number]), by=nadia, at=after(2))
    order.plan([["due", "3d"], ["checklist", str(ready.pk)]])
    order.start(at=after(3))

    drains.empty("bulk")
    changed = Ticket.objects.get(pk=lost_parcel.pk).due_at, texts(lost_parcel, nadia)
    order.refresh_from_db()
    order.revert(at=after(4))
    drains.empty("bulk")

    assert (changed[0] != after(60), changed[1]) == (True, [["Pay"]])
    assert (Ticket.objects.get(pk=lost_parcel.pk).due_at, texts(lost_parcel, nadia)) == (after(60), [])


def test_work_on_many_names_what_holds_a_ticket_up(nadia, lost_parcel, call):
    order = choosing.order(choosing.Choice(numbers=[lost_parcel.number]), by=nadia, at=after(3))
    order.plan([["status", "solved"]])
    order.start(at=after(4))

    drains.empty("bulk")

    assert order.items.get().trouble == "Still open: “Call the carrier”."


def test_an_action_that_means_nothing_is_refused(nadia, iris, house):
    ready = ChecklistTemplate.make(
        name="Office", steps=[Step(text="Pay")], team=house.office_desk, by=iris, at=NINE
    )

    for key, value in (("due", "9y"), ("checklist", str(ready.pk)), ("checklist", "x")):
        with pytest.raises(Unfit):
            read(key, value, by=nadia)
    assert read("due", "none", by=nadia).words == "Take the due date away"

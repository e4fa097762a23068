"""Work on many tickets: exactly the chosen ones, foreseen, resumed, and taken back."""

from dataclasses import replace

import pytest

from handrail.kit import clock, drains
from handrail.team.models import Agent
from handrail.tickets.bulk import choosing
from handrail.tickets.bulk.choosing import Choice, order
from handrail.tickets.bulk.foreseeing import foreseen
from handrail.tickets.bulk.reporting import progress_of, troubles_of
from handrail.tickets.doing import kept, read_all
from handrail.tickets.models import Ticket
from handrail.tickets.models.bulk import BulkItem, BulkOrder
from handrail.tickets.receiving import receive
from tests.cast import VERA_WRITES

URGENT_AND_LATE = [["priority", "4"], ["tag", "late"]]


@pytest.fixture
def everywhere(ada, house):
    """Ada, who works for both brands."""
    ada.user.brands.add(house.office)
    return Agent.objects.get(pk=ada.pk)


@pytest.fixture
def five(house):
    """Five tickets of the team Parcels, oldest first."""
    arrived = [
        replace(VERA_WRITES, external_id=f"five-{n}@nordlys.example", subject=f"Parcel {n}") for n in range(5)
    ]
    messages = [receive(each, brand=house.harbour, team=house.parcels, at=clock.now()) for each in arrived]
    return [message.ticket for message in messages]


def _started(by, tickets=(), steps=URGENT_AND_LATE, **choice):
    made = order(Choice(numbers=[each.number for each in tickets], **choice), by=by, at=clock.now())
    made.plan(kept(read_all(steps, by=by)))
    made.start(at=clock.now())
    return made


def _worked_off(made):
    drains.empty("bulk")
    made.refresh_from_db()
    return progress_of(made, at=clock.now())


def _states(made):
    return list(made.items.order_by("number").values_list("state", flat=True))


def test_every_chosen_ticket_is_changed_and_no_other(nadia, five):
    made = _started(nadia, five[:3])

    progress = _worked_off(made)

    assert (made.state, progress.of("done")) == ("done", 3)
    assert [ticket.priority for ticket in Ticket.objects.order_by("number")] == [4, 4, 4, 2, 2]
    assert Ticket.objects.filter(taggings__tag__name="late").count() == 3


def test_all_of_a_view_are_those_it_finds_now_but_the_ones_left_out(nadia, five):
    made = order(Choice(question="subject:parcel", apart_from=[five[4].number]), by=nadia, at=clock.now())

    assert (made.total, made.chosen) == (4, "subject:parcel")


def test_nothing_happens_before_it_is_started(nadia, five):
    made = order(Choice(numbers=[five[0].number]), by=nadia, at=clock.now())
    made.plan(kept(read_all(URGENT_AND_LATE, by=nadia)))

    assert drains.empty("bulk") == 0
    assert Ticket.objects.filter(priority=4).count() == 0


def test_what_would_change_is_said_before(nadia, five, omar):
    five[0].prioritise(Ticket.Priority.URGENT, by=nadia, at=clock.now())
    made = order(Choice(numbers=[each.number for each in five]), by=nadia, at=clock.now())

    foresight = foreseen(made, read_all([["priority", "4"]], by=nadia), by=nadia)

    assert (foresight.changing, foresight.same, foresight.refused) == (4, 1, 0)
    ((change, times),) = foresight.changes
    assert (change.what, change.was, change.now, times) == ("Priority", "Normal", "Urgent", 4)
    assert Ticket.objects.filter(priority=4).count() == 1


def test_those_that_cannot_be_done_are_listed_and_the_rest_is_done(everywhere, five, house):
    elsewhere = receive(
        replace(VERA_WRITES, external_id="x@office.example"),
        brand=house.office,
        team=house.office_desk,
        at=clock.now(),
    ).ticket
    made = _started(everywhere, [*five, elsewhere], steps=[["team", str(house.billing.pk)]])

    progress = _worked_off(made)

    assert (progress.of("done"), progress.of("failed")) == (5, 1)
    (wrong,) = troubles_of(made)
    assert (wrong.number, wrong.trouble) == (elsewhere.number, "Billing belongs to another brand.")


def test_on_one_ticket_all_steps_are_done_or_none(nadia, five, everywhere, house):
    five[0].close(by=nadia, reason="solved", at=clock.now())
    Ticket.objects.filter(pk=five[0].pk).update(brand=house.office)
    made = _started(everywhere, five[:1], steps=[["tag", "late"], ["team", str(house.billing.pk)]])

    assert _worked_off(made).of("failed") == 1
    assert not five[0].taggings.exists()


def test_S_020_tickets_one_may_not_see_are_neither_touched_nor_told(piet, nadia, five):
    with pytest.raises(choosing.NothingChosen):
        order(Choice(numbers=[each.number for each in five]), by=piet, at=clock.now())
    with pytest.raises(choosing.NothingChosen):
        order(Choice(numbers=[999_999]), by=piet, at=clock.now())


def test_S_020_a_ticket_that_went_out_of_sight_meanwhile_is_as_one_that_never_was(nadia, five, house):
    made = _started(nadia, five[:1])
    Ticket.objects.filter(pk=five[0].pk).update(brand=house.office, team=house.office_desk)

    _worked_off(made)

    assert [each.trouble for each in troubles_of(made)] == ["There is no such ticket."]


def test_taking_it_back_restores_every_column(nadia, omar, five, house):
    five[0].assign(nadia, by=nadia, at=clock.now())
    five[1].tag("late", by=nadia, at=clock.now())
    before = list(
        Ticket.objects.order_by("number").values("owner", "team", "priority", "status", "waiting_since")
    )
    steps = [
        ["owner", "nobody"],
        ["team", str(house.billing.pk)],
        ["priority", "4"],
        ["tag", "late"],
        ["status", "closed:duplicate"],
    ]
    made = _started(nadia, five, steps=steps)
    _worked_off(made)
    assert Ticket.objects.filter(status="closed", team=house.billing).count() == 5

    made.revert(at=clock.now())
    progress = _worked_off(made)

    after = list(
        Ticket.objects.order_by("number").values("owner", "team", "priority", "status", "waiting_since")
    )
    assert (made.state, progress.of("reverted")) == ("reverted", 5)
    assert after == before
    assert [each.taggings.count() for each in Ticket.objects.order_by("number")] == [0, 1, 0, 0, 0]


def test_what_somebody_changed_since_stays_as_they_left_it(nadia, omar, five):
    made = _started(nadia, five[:2], steps=[["priority", "4"]])
    _worked_off(made)
    Ticket.objects.get(pk=five[0].pk).prioritise(Ticket.Priority.LOW, by=omar, at=clock.now())

    made.revert(at=clock.now())
    progress = _worked_off(made)

    assert (progress.of("reverted"), progress.of("kept")) == (1, 1)
    assert [each.priority for each in Ticket.objects.order_by("number")[:2]] == [1, 2]


def test_it_can_be_stopped_and_goes_on_where_it_stopped(nadia, five, monkeypatch):
    monkeypatch.setattr("handrail.tickets.bulk.working.BATCH", 2)
    made = _started(nadia, five)
    from handrail.tickets.bulk.working import take_batch

    take_batch()
    made.stop(at=clock.now())
    assert drains.empty("bulk") == 0
    assert _states(made) == ["done", "done", "waiting", "waiting", "waiting"]

    made.start(at=clock.now())
    assert _worked_off(made).of("done") == 5


def test_a_batch_that_dies_before_it_is_kept_is_done_once(nadia, five, monkeypatch):
    from handrail.kit import faults

    made = _started(nadia, five)
    with faults.ordered("bulk.before-commit:1:raise"), pytest.raises(faults.Fault):
        drains.empty("bulk")
    assert _states(made) == ["waiting"] * 5

    _worked_off(made)

    told = [ticket.taggings.count() for ticket in Ticket.objects.all()]
    assert (told, _states(made)) == ([1] * 5, ["done"] * 5)


def test_who_lost_the_right_meanwhile_changes_nothing(nadia, five):
    made = _started(nadia, five)
    role = nadia.user.role
    role.rights = [right for right in role.rights if right != "tickets.change"]
    role.save()

    _worked_off(made)

    assert (made.state, made.trouble) == ("stopped", "You may not do that: Set the priority.")
    assert _states(made) == ["waiting"] * 5


def test_two_presses_of_start_are_one(nadia, five):
    made = _started(nadia, five[:1])

    with pytest.raises(BulkOrder.NotNow):
        BulkOrder.objects.get(pk=made.pk).start(at=clock.now())


def test_a_person_clicks_through_it(nadia, five, client_of):
    browser = client_of(nadia)
    chosen = browser.post("/tickets/bulk", {"number": [five[0].number, five[1].number]})
    address = chosen["Location"]

    planned = browser.post(address, {"priority": "4"}).content.decode()
    browser.post(f"{address}/run")
    drains.empty("bulk")
    report = browser.get(address).content.decode()
    browser.post(f"{address}/reversal")
    drains.empty("bulk")

    assert "2 tickets change" in planned
    assert "Set the priority to Urgent" in report
    assert "Take it all back" in report
    assert list(BulkItem.objects.values_list("state", flat=True)) == ["reverted", "reverted"]


def test_a_question_that_does_not_parse_is_said_and_changes_nothing(nadia, five, client_of):
    refused = client_of(nadia).post("/tickets/bulk", {"all": "on", "question": "colour:blue"})

    assert refused.status_code == 422
    assert "There is no field “colour”" in refused.content.decode()
    assert not BulkOrder.objects.exists()


def test_nobody_sees_or_steers_a_colleagues_order(nadia, omar, five, client_of):
    made = _started(nadia, five)

    for address in ("", "/run", "/reversal"):
        assert client_of(omar).post(f"/tickets/bulk/{made.pk}{address}").status_code == 404
    assert client_of(omar).get(f"/tickets/bulk/{made.pk}").status_code == 404

"""Work on many tickets rings once; a ticket that was put away rings when it comes back by itself."""

from datetime import timedelta

import pytest

from handrail.events.queries import facts_about
from handrail.kit import clock, drains
from handrail.notifications.models import Kind, Notification
from handrail.notifications.receivers import (
    it_woke_by_itself,
    somebody_else_gave_it,
    tell_who_put_it_away_and_whose_it_is,
    tell_who_was_given_many,
)
from handrail.tickets import planning
from handrail.tickets.bulk import choosing
from handrail.tickets.bulk.choosing import Choice
from handrail.tickets.doing import kept, read_all
from handrail.tickets.events import TicketAssigned, TicketsGiven, TicketWoke
from handrail.tickets.models import Snooze


@pytest.fixture
def three(lost_parcel, write):
    return [lost_parcel, *(write(external_id=f"{n}@nordlys.example").ticket for n in range(2))]


def _given(three, to, by):
    order = choosing.order(Choice(numbers=[each.number for each in three]), by=by, at=clock.now())
    order.plan(kept(read_all([["owner", str(to.pk)]], by=by)))
    order.start(at=clock.now())
    drains.empty("bulk")
    order.refresh_from_db()
    return order


def test_whoever_is_given_many_is_told_once_of_all(nadia, omar, three, client_of):
    order = _given(three, omar, nadia)

    alone = [fact for each in three for fact in facts_about(each.pk, kinds=[TicketAssigned])]
    assert len(alone) == 3
    assert not any(somebody_else_gave_it(fact) for fact in alone if isinstance(fact, TicketAssigned))
    (told,) = facts_about(order.pk, kinds=[TicketsGiven])
    assert isinstance(told, TicketsGiven)
    tell_who_was_given_many(told)
    tell_who_was_given_many(told)

    (row,) = Notification.objects.all()
    assert (row.kind, row.user_id, row.detail) == ("assigned", omar.user_id, "3")
    page = client_of(omar).get("/notifications").content.decode()
    assert "3 tickets were given to you (Nadia Haddad)" in " ".join(page.split())


def test_taking_it_back_tells_the_former_owners_once(nadia, omar, three):
    for each in three:
        each.assign(omar, by=omar, at=clock.now())
    order = _given(three, nadia, nadia)
    assert facts_about(order.pk, kinds=[TicketsGiven]) == []

    order.revert(at=clock.now())
    drains.empty("bulk")

    (told,) = facts_about(order.pk, kinds=[TicketsGiven])
    assert isinstance(told, TicketsGiven)
    assert (told.to_agent_id, told.tickets) == (omar.pk, 3)


def test_a_ticket_that_wakes_rings_for_who_put_it_away_and_for_its_owner(nadia, omar, lost_parcel):
    lost_parcel.assign(omar, by=omar, at=clock.now())
    now = clock.now()
    until = planning.read("typed", (now + timedelta(hours=2)).replace(tzinfo=None), zone="UTC", at=now)
    lost_parcel.snooze(until=until, by=nadia, at=now)
    Snooze.objects.update(until=clock.now() - timedelta(seconds=1))
    drains.empty("snoozes")

    (told,) = facts_about(lost_parcel.pk, kinds=[TicketWoke])
    assert isinstance(told, TicketWoke)
    assert it_woke_by_itself(told)
    tell_who_put_it_away_and_whose_it_is(told)

    rows = Notification.objects.filter(kind=Kind.WOKE)
    assert set(rows.values_list("user_id", flat=True)) == {nadia.user_id, omar.user_id}


def test_what_somebody_wakes_by_hand_rings_for_nobody(nadia, lost_parcel):
    lost_parcel.snooze(until=None, wakes_on="reply", by=nadia, at=clock.now())
    lost_parcel.wake(by=nadia, why="hand", at=clock.now())

    (told,) = facts_about(lost_parcel.pk, kinds=[TicketWoke])
    assert isinstance(told, TicketWoke)
    assert not it_woke_by_itself(told)

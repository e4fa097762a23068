"""Due dates of tickets are told when they come near and when they pass, once, and again when they move."""

from datetime import timedelta

import pytest

from handrail.events.queries import facts_about
from handrail.kit import clock, drains
from handrail.tickets.events import TicketDueNeared, TicketDuePassed
from handrail.tickets.models import Ticket

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def told(lost_parcel):
    """What was told of Vera's ticket, after the drain looked twice."""

    def look():
        drains.empty("dues")
        drains.empty("dues")
        facts = facts_about(lost_parcel.pk, kinds=[TicketDueNeared, TicketDuePassed])
        return [type(fact).__name__ for fact in facts]

    return look


def due(ticket, moment, *, set_at):
    """Set the date as if that had been done at another moment."""
    ticket.fall_due(moment, by=None, at=set_at)


def test_a_date_is_told_once_when_it_is_near(lost_parcel, told):
    now = clock.now()
    due(lost_parcel, now + 23 * HOUR, set_at=now - 5 * DAY)

    assert told() == ["TicketDueNeared"]


def test_a_date_is_told_once_when_it_has_passed(lost_parcel, told):
    now = clock.now()
    due(lost_parcel, now - HOUR, set_at=now - 5 * DAY)

    assert told() == ["TicketDuePassed"]


def test_a_date_that_was_near_is_told_again_when_it_has_passed(lost_parcel, told):
    now = clock.now()
    due(lost_parcel, now - HOUR, set_at=now - 5 * HOUR)

    assert told() == ["TicketDuePassed"]


def test_a_date_that_moved_is_told_anew(nadia, lost_parcel, told):
    now = clock.now()
    due(lost_parcel, now + 2 * HOUR, set_at=now - 5 * DAY)
    assert told() == ["TicketDueNeared"]

    due(lost_parcel, now + 3 * DAY, set_at=now)
    assert told() == ["TicketDueNeared"]
    due(lost_parcel, now + 3 * HOUR, set_at=now - 5 * DAY)

    assert told() == ["TicketDueNeared", "TicketDueNeared"]


@pytest.mark.parametrize("ahead", [-HOUR, HOUR, 3 * DAY], ids=["past", "near", "far"])
def test_who_sets_a_date_is_not_told_what_they_know(lost_parcel, told, ahead):
    now = clock.now()
    due(lost_parcel, now + ahead, set_at=now)

    assert told() == []


def test_nothing_is_told_of_a_ticket_that_is_done_until_it_is_opened_again(nadia, lost_parcel, told):
    now = clock.now()
    due(lost_parcel, now - HOUR, set_at=now - 5 * DAY)
    lost_parcel.close(by=nadia, reason="solved", at=now)
    assert told() == []

    Ticket.objects.get(pk=lost_parcel.pk).reopen(by=nadia, at=now)

    assert told() == ["TicketDuePassed"]

"""Tickets that sleep: until a moment, until an event, and never longer than the customer is silent."""

from datetime import timedelta

import pytest

from handrail.events.queries import facts_about
from handrail.kit import clock, drains
from handrail.tickets import linking, planning
from handrail.tickets.events import TicketWoke
from handrail.tickets.models import Hold, Snooze, Ticket

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


def _until(delta):
    now = clock.now()
    return planning.read("typed", (now + delta).replace(tzinfo=None), zone="UTC", at=now)


def _status(ticket):
    return Ticket.objects.get(pk=ticket.pk).status


def _time_comes(ticket):
    Snooze.objects.filter(hold__ticket=ticket).update(until=clock.now() - timedelta(seconds=1))
    drains.empty("snoozes")


def test_it_is_on_hold_until_its_time_comes_and_then_open_again(nadia, lost_parcel):
    lost_parcel.snooze(until=_until(timedelta(hours=2)), by=nadia, at=clock.now())
    assert drains.empty("snoozes") == 0
    assert _status(lost_parcel) == "hold"

    _time_comes(lost_parcel)

    assert _status(lost_parcel) == "open"
    assert not Hold.objects.exists()
    (told,) = facts_about(lost_parcel.pk, kinds=[TicketWoke])
    assert isinstance(told, TicketWoke)
    assert (told.why, told.snoozed_by_id) == ("time", nadia.pk)


def test_a_word_of_the_customer_wakes_it_at_once(nadia, lost_parcel, write):
    lost_parcel.snooze(until=_until(timedelta(days=3)), by=nadia, at=clock.now())

    write(lost_parcel, text="Any news?")

    assert _status(lost_parcel) == "open"
    assert not Snooze.objects.exists()


def test_until_every_linked_ticket_is_done(nadia, lost_parcel, write):
    other, third = (write(external_id=f"{n}@nordlys.example").ticket for n in range(2))
    for each in (other, third):
        linking.link(lost_parcel, each, way="related", by=nadia, at=clock.now())
    lost_parcel.snooze(until=None, wakes_on="linked", by=nadia, at=clock.now())

    other.close(by=nadia, reason="solved", at=clock.now())
    drains.empty("snoozes")
    assert _status(lost_parcel) == "hold"

    third.solve(by=nadia, at=clock.now())
    drains.empty("snoozes")
    assert _status(lost_parcel) == "open"


def test_what_somebody_took_up_by_hand_is_not_woken_again(nadia, lost_parcel):
    lost_parcel.snooze(until=_until(timedelta(hours=2)), by=nadia, at=clock.now())
    Ticket.objects.get(pk=lost_parcel.pk).take_up(by=nadia, at=clock.now())

    assert not Snooze.objects.exists()
    with pytest.raises(Ticket.NotSnoozed):
        Ticket.objects.get(pk=lost_parcel.pk).wake(by=nadia, why="hand", at=clock.now())


def test_another_moment_takes_the_place_of_the_former(nadia, lost_parcel):
    lost_parcel.snooze(until=_until(timedelta(hours=2)), by=nadia, at=clock.now())
    lost_parcel.snooze(until=None, wakes_on="reply", by=nadia, at=clock.now())

    assert (Snooze.objects.get().until, Snooze.objects.get().wakes_on) == (None, "reply")


def test_a_done_ticket_is_not_put_away(nadia, lost_parcel):
    lost_parcel.close(by=nadia, reason="solved", at=clock.now())

    with pytest.raises(Ticket.IsDone):
        lost_parcel.snooze(until=None, wakes_on="reply", by=nadia, at=clock.now())


def test_a_person_puts_it_away_and_brings_it_back(nadia, lost_parcel, client_of):
    browser, address = client_of(nadia), f"/tickets/{lost_parcel.number}/snooze"

    slept = browser.post(address, {"later": "tomorrow"}, headers=BY_SCRIPT)
    page = browser.get(f"/tickets/{lost_parcel.number}").content.decode()
    found = browser.get("/inbox/search", {"q": "is:snoozed"}).content.decode()
    back = browser.delete(address, headers=BY_SCRIPT)

    assert (slept.status_code, back.status_code) == (200, 200)
    assert "put it away until" in page
    assert "Wake" in page
    assert "Where is my parcel?" in found
    assert _status(lost_parcel) == "open"


def test_a_moment_that_is_past_is_refused_in_words(nadia, lost_parcel, client_of):
    fields = {"later": "typed", "later_at": "2020-01-01T08:00"}

    refused = client_of(nadia).post(f"/tickets/{lost_parcel.number}/snooze", fields, headers=BY_SCRIPT)

    assert refused.status_code == 422
    assert _status(lost_parcel) == "new"

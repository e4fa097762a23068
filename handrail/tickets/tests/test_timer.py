"""A timer on a ticket: started by hand, paused, stopped, confirmed; one a person, and nothing kept of it."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from handrail.tickets import merging
from handrail.tickets.models import Stopwatch, TimeEntry
from handrail.tickets.timing import running
from tests.cast import NINE

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


def after(minutes):
    return NINE + timedelta(minutes=minutes)


def _at(route, ticket):
    return reverse(f"tickets:{route}", args=[ticket.number])


def _rewind(minutes):
    """As if the only timer had been started so long before."""
    Stopwatch.objects.update(runs_since=F("runs_since") - timedelta(minutes=minutes))


def test_it_counts_while_it_runs_and_not_while_it_is_paused(nadia, lost_parcel):
    running.start(lost_parcel, by=nadia, at=after(0))
    running.pause(lost_parcel, by=nadia, at=after(10))
    timer = running.start(lost_parcel, by=nadia, at=after(60))

    assert (timer.minutes_at(after(75)), timer.face_at(after(75))) == (25, "0:25")


def test_it_proposes_a_minute_at_least_and_a_day_at_most(nadia, lost_parcel):
    timer = running.start(lost_parcel, by=nadia, at=after(0))

    assert (timer.minutes_at(after(0)), timer.minutes_at(after(5000))) == (1, 24 * 60)


def test_starting_twice_starts_once(nadia, lost_parcel):
    running.start(lost_parcel, by=nadia, at=after(0))

    assert running.start(lost_parcel, by=nadia, at=after(5)).runs_since == after(0)


def test_a_person_has_one_and_colleagues_have_their_own(nadia, iris, lost_parcel, write):
    running.start(lost_parcel, by=nadia, at=after(0))

    with pytest.raises(running.Elsewhere):
        running.start(write(external_id="other@x").ticket, by=nadia, at=after(1))
    running.start(lost_parcel, by=iris, at=after(1))

    assert Stopwatch.objects.count() == 2


def test_stopping_asks_what_to_enter_and_entering_takes_it_away(nadia, lost_parcel, client_of):
    browser = client_of(nadia)
    browser.post(_at("timer-on", lost_parcel), headers=BY_SCRIPT)
    _rewind(20)

    asked = browser.post(_at("timer-pause", lost_parcel), {"stop": "on"}, headers=BY_SCRIPT)
    before = TimeEntry.objects.count()
    sent = {"length": "25m", "timer": "on"}
    entered, again = (browser.post(_at("times", lost_parcel), sent, headers=BY_SCRIPT) for _turn in range(2))

    page = asked.content.decode()
    assert ('value="20 min"' in page, 'name="timer"' in page, before) == (True, True, 0)
    assert (entered.status_code, again.status_code) == (200, 409)
    assert [entry.minutes for entry in TimeEntry.objects.all()] == [25]
    assert not Stopwatch.objects.exists()


def test_taken_away_it_leaves_nothing(nadia, lost_parcel, client_of):
    browser = client_of(nadia)
    browser.post(_at("timer-on", lost_parcel), headers=BY_SCRIPT)

    browser.post(_at("timer-on", lost_parcel), {"_method": "delete"}, headers=BY_SCRIPT)

    assert (Stopwatch.objects.count(), TimeEntry.objects.count()) == (0, 0)


def test_it_is_seen_on_the_ticket_after_a_reload_and_in_the_rail_of_its_owner_alone(
    nadia, iris, lost_parcel, client_of
):
    browser, other = client_of(nadia), client_of(iris)
    browser.post(_at("timer-on", lost_parcel))
    _rewind(61)

    panel = browser.get(_at("times", lost_parcel), headers=BY_SCRIPT).content.decode()
    faces = [each.get(reverse("tickets:timer-face")).content.decode() for each in (browser, other)]

    assert ("1:01" in panel, "Pause" in panel) == (True, True)
    assert ["1:01" in face for face in faces] == [True, False]
    assert f'hx-get="{_at("times", lost_parcel)}"' in browser.get(_at("show", lost_parcel)).content.decode()


def test_without_script_it_is_stopped_on_a_page(nadia, lost_parcel, client_of):
    browser = client_of(nadia)
    browser.post(_at("timer-on", lost_parcel))

    stopped = browser.post(_at("timer-pause", lost_parcel), {"stop": "on"}, follow=True).content.decode()
    own = browser.get(reverse("tickets:timer")).content.decode()
    browser.post(reverse("tickets:timer"), {"_method": "delete"})

    assert ('name="timer"' in stopped, f"#{lost_parcel.number}" in own) == (True, True)
    assert not Stopwatch.objects.exists()


def test_a_merge_takes_it_along_and_its_undo_brings_it_back_as_it_runs_then(nadia, lost_parcel, write):
    other = write(external_id="merged@x").ticket
    running.start(other, by=nadia, at=after(0))

    [merge] = merging.merge([other], into=lost_parcel, by=nadia, at=after(1))
    went = Stopwatch.objects.get().ticket
    running.pause(lost_parcel, by=nadia, at=after(5))
    merging.undo(merge, by=nadia, at=after(6))

    back = Stopwatch.objects.get()
    assert (went, back.ticket, back.home, back.seconds) == (lost_parcel, other, None, 300)


def test_a_timer_started_after_a_merge_stays_when_the_merge_is_undone(nadia, lost_parcel, write):
    other = write(external_id="merged@x").ticket
    [merge] = merging.merge([other], into=lost_parcel, by=nadia, at=after(1))
    running.start(lost_parcel, by=nadia, at=after(2))

    merging.undo(merge, by=nadia, at=after(6))

    assert Stopwatch.objects.get().ticket == lost_parcel

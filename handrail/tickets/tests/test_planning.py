"""An answer leaves at the moment of the day its writer meant, and can be held until then."""

from datetime import UTC, datetime, timedelta

import pytest

from handrail.kit import clock
from handrail.tickets import planning
from handrail.tickets.models import Message, PlannedReply, Ticket
from handrail.tickets.planning import WallTime
from tests.cast import NINE

WHERE = "Europe/Amsterdam"


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("meant", "instant"),
    [
        ("2026-11-23T08:00", "2026-11-23T07:00"),
        ("2026-07-01T08:00", "2026-07-01T06:00"),
        ("2027-03-28T01:59", "2027-03-28T00:59"),  # the last minute before the clock goes forward
        ("2027-03-28T02:30", "2027-03-28T01:30"),  # a time that never comes: half an hour after the change
        ("2027-03-28T08:00", "2027-03-28T06:00"),
        ("2026-10-25T02:30", "2026-10-25T00:30"),  # a time that comes twice: the first one
        ("2026-10-25T08:00", "2026-10-25T07:00"),
    ],
)
def test_R_040_a_wall_time_is_one_instant_also_when_the_clock_changes(meant, instant):
    assert WallTime(wall=wall(meant), zone=WHERE).moment == wall(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("choice", "at", "meant"),
    [
        ("tomorrow", "2026-11-16T09:00", "2026-11-17T08:00"),
        ("tomorrow", "2026-11-16T23:30", "2026-11-18T08:00"),  # it is tomorrow there already
        ("tomorrow", "2027-03-27T12:00", "2027-03-28T08:00"),  # over the night in which the clock changes
        ("monday", "2026-11-16T09:00", "2026-11-23T08:00"),  # on a Monday: the next one
        ("monday", "2026-11-21T09:00", "2026-11-23T08:00"),
        ("hour", "2026-10-25T00:30", "2026-10-25T02:30"),  # the second half past two of that night
    ],
)
def test_R_040_the_choices_mean_the_writers_own_days(choice, at, meant):
    planned = planning.read(choice, None, zone=WHERE, at=wall(at).replace(tzinfo=UTC))

    assert planned.wall == wall(meant)


@pytest.mark.parametrize("minutes", [-60, 0, 4, 60 * 24 * 400])
def test_a_moment_that_is_past_or_far_away_cannot_be_chosen(minutes):
    typed = (NINE + timedelta(minutes=minutes)).replace(tzinfo=None)

    with pytest.raises(planning.NotAhead):
        planning.read("typed", typed, zone="UTC", at=NINE)


@pytest.fixture
def planned(lost_parcel, nadia) -> Message:
    """Nadia's answer for tomorrow at eight in Amsterdam."""
    tomorrow = (clock.now() + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0)
    when = WallTime(wall=tomorrow.replace(tzinfo=None), zone=WHERE)
    message: Message = lost_parcel.reply(text="It comes today.", by=nadia, planned=when, at=clock.now())
    return message


def test_a_planned_answer_keeps_what_was_meant(planned):
    kept = PlannedReply.objects.get()

    assert (kept.wall[10:], kept.zone) == ("T08:00", WHERE)
    assert WallTime(wall=wall(kept.wall), zone=kept.zone).moment == planned.due_at


def test_a_planned_answer_can_be_moved_and_let_go(planned, lost_parcel, nadia):
    later = WallTime(wall=wall("2026-12-24T18:00"), zone=WHERE)

    lost_parcel.plan(planned, when=later, by=nadia, at=clock.now())
    planned.refresh_from_db()
    assert planned.due_at == wall("2026-12-24T17:00").replace(tzinfo=UTC)

    lost_parcel.plan(planned, when=None, by=nadia, at=clock.now())
    with pytest.raises(Ticket.AlreadySent):
        lost_parcel.plan(planned, when=later, by=nadia, at=clock.now())


def test_an_answer_is_planned_from_the_composer_and_shown_with_its_time(nadia, lost_parcel, client_of):
    browser = client_of(nadia)
    given = {"body": "Soon.", "key": "01a20000-0000-7000-8000-000000000001", "later": "tomorrow"}

    answer = browser.post(f"/tickets/{lost_parcel.number}/replies", given)

    page = browser.get(f"/tickets/{lost_parcel.number}").content.decode()
    reply = Message.objects.get(kind="reply")
    assert answer.status_code == 303
    assert reply.planned.wall.endswith("T08:00")
    assert f"/replies/{reply.pk}/departure" in page
    assert "The customer wrote after" not in page


def test_who_wrote_since_a_planned_answer_is_noticed_beside_it(planned, nadia, lost_parcel, write, client_of):
    write(lost_parcel, text="It came!", external_id="2@nordlys.example")
    Message.objects.filter(kind="customer", text="It came!").update(at=clock.now())

    page = client_of(nadia).get(f"/tickets/{lost_parcel.number}").content.decode()

    assert "The customer wrote after this was written. Hold it?" in page


def test_a_colleague_may_take_back_a_planned_answer_but_no_other(
    planned, iris, nadia, lost_parcel, client_of
):
    usual = lost_parcel.reply(text="Now", by=nadia, undo=timedelta(seconds=60), at=clock.now())
    browser, replies = client_of(iris), f"/tickets/{lost_parcel.number}/replies"

    assert browser.delete(f"{replies}/{usual.pk}").status_code == 404
    assert browser.delete(f"{replies}/{planned.pk}").status_code == 303

    assert list(Message.objects.filter(kind="reply")) == [usual]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"later": "now"}, 303),
        ({"later": "typed", "later_at": "2020-01-01T08:00"}, 422),
        ({"later": "whenever"}, 422),
        ({}, 422),
    ],
)
def test_another_time_is_posted_to_the_departure_of_an_answer(
    planned, nadia, lost_parcel, client_of, given, status
):
    address = f"/tickets/{lost_parcel.number}/replies/{planned.pk}/departure"

    assert client_of(nadia).post(address, given).status_code == status

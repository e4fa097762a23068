"""The demo company's year is the same each time, has the shape of a real year, and its facts agree."""

import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

import pytest

from handrail.demo.world import World
from handrail.demo.world.nouns import (
    Arrived,
    Assigned,
    Closed,
    Happening,
    Noted,
    Prioritised,
    Replied,
    Tagged,
    Wrote,
)

UNTIL = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # a Friday
PARCEL = re.compile(r"\bhb ?(\d{4}) ?(\d{3})\b", re.IGNORECASE)
SAID = (Arrived, Wrote, Replied, Noted)


@pytest.fixture(scope="module")
def world() -> World:
    return World(seed=7, until=UNTIL, tickets=3000)


@pytest.fixture(scope="module")
def happenings(world) -> list[Happening]:
    return list(world.happenings())


@pytest.fixture(scope="module")
def tickets(happenings) -> dict[int, list[Happening]]:
    found = defaultdict(list)
    for one in happenings:
        found[one.ticket].append(one)
    return found


def test_the_same_seed_and_end_give_the_same_year():
    first, second = (World(seed=3, until=UNTIL, tickets=120) for _ in range(2))

    assert list(first.happenings()) == list(second.happenings())
    assert first.people == second.people
    assert first.colleagues == second.colleagues


def test_another_seed_gives_another_year():
    first, second = (World(seed=seed, until=UNTIL, tickets=60) for seed in (1, 2))

    assert list(first.happenings()) != list(second.happenings())


def test_asking_twice_for_what_happened_tells_the_same_story():
    world = World(seed=3, until=UNTIL, tickets=60)

    assert list(world.happenings()) == list(world.happenings())


def test_there_are_as_many_tickets_as_asked_for(happenings):
    arrivals = [one for one in happenings if isinstance(one, Arrived)]

    assert [one.ticket for one in arrivals] == list(range(1, 3001))


def test_a_full_world_has_its_people_teams_and_zones():
    world = World(seed=7, until=UNTIL)

    answering = [one for one in world.colleagues if one.role in ("agent", "lead")]
    assert (len(world.people), len(world.organisations)) == (4000, 250)
    assert len(answering) == 24
    assert {one.tier for one in answering} == {1, 2, 3}
    assert len({one.team for one in answering}) == 5
    assert len({one.timezone for one in answering}) == 3


def test_a_ticket_has_four_to_five_messages_on_average(happenings):
    said = [one for one in happenings if isinstance(one, SAID)]

    assert 4.1 < len(said) / 3000 < 4.9


def test_moments_only_go_forward_and_end_before_the_end(happenings):
    assert all(earlier.at < later.at for earlier, later in pairwise(happenings))
    assert happenings[0].at > UNTIL - timedelta(days=366)
    assert UNTIL - timedelta(hours=3) < happenings[-1].at < UNTIL - timedelta(minutes=3)


def test_colleagues_act_in_their_shifts_only(world, happenings):
    shifts = {one.key: [(s.starts_at, s.ends_at) for s in world.shifts(one)] for one in world.colleagues}
    acts = [
        one
        for one in happenings
        if isinstance(one, Replied | Noted | Assigned | Closed | Tagged | Prioritised)
    ]
    slack = timedelta(seconds=1)

    outside = [
        one for one in acts if not any(start <= one.at <= end + slack for start, end in shifts[one.by])
    ]

    assert len(acts) > 10_000
    assert outside == []


def test_mondays_are_full_and_sundays_are_quiet(tickets):
    ordinary = [one[0] for one in tickets.values() if one[0].topic != "outage"]
    by_day = Counter(one.at.weekday() for one in ordinary)

    assert by_day[0] == max(by_day.values())
    assert by_day[6] < by_day[0] / 3


def test_december_is_the_peak_of_the_year(tickets):
    by_month = Counter(f"{one[0].at:%Y-%m}" for one in tickets.values())

    assert max(by_month, key=by_month.__getitem__) == "2025-12"


def test_most_mails_come_in_the_daytime(tickets):
    day = [one for one in tickets.values() if 6 <= one[0].at.hour < 20]

    assert len(day) > 0.8 * len(tickets)


def test_the_release_of_the_app_brings_its_own_topics(world, tickets):
    released = world.year.releases[-1].at
    blank = [one[0].at for one in tickets.values() if one[0].topic == "printer_blank"]

    assert len(blank) > 25
    assert min(blank) > released


def test_the_outage_brings_a_wave_of_contacts(world, tickets):
    start, end = world.year.outage_starts_at, world.year.outage_ends_at
    during = [one[0] for one in tickets.values() if start <= one[0].at <= end]
    week_before = [
        one for one in tickets.values() if start - timedelta(days=7) <= one[0].at <= end - timedelta(days=7)
    ]

    assert sum(one.topic == "outage" for one in during) > 30
    assert len(during) > 5 * len(week_before)


def test_a_thread_speaks_of_the_same_parcel_from_first_to_last(tickets):
    one_parcel = ("where_is_parcel", "change_address", "damage", "held_customs")
    threads = [one for one in tickets.values() if one[0].topic in one_parcel]

    for thread in threads:
        named = {PARCEL.sub(r"\1\2", hit.group()) for one in thread if isinstance(one, SAID)
                 for hit in PARCEL.finditer(one.body)}  # fmt: skip
        assert len(named) <= 1, thread[0]

    assert len(threads) > 500


def test_people_get_answers_in_the_language_they_wrote_in(tickets):
    german = [one for one in tickets.values() if one[0].language == "de"]
    replies = [one.body for thread in german for one in thread if isinstance(one, Replied)]

    greeted = [body for body in replies if body.startswith(("Guten", "Hallo"))]
    assert len(replies) > 200
    assert greeted == replies


def test_several_languages_are_spoken(tickets):
    spoken = Counter(one[0].language for one in tickets.values())

    assert {"en", "de", "nl", "fr", "es", "pl", "sv"} <= set(spoken)
    assert spoken["en"] > spoken["de"] > spoken["nl"]


def test_a_reader_does_not_see_texts_repeat_at_once(tickets):
    numbers = sorted(tickets)
    for start in range(0, len(numbers) - 100, 500):
        window = [tickets[number] for number in numbers[start : start + 100]]
        bodies = [one.body for thread in window for one in thread if isinstance(one, SAID)]
        again = len(bodies) - len(set(bodies))
        assert again <= 0.02 * len(bodies)
        subjects = Counter(thread[0].subject for thread in window)
        assert subjects.most_common(1)[0][1] <= 6


def test_every_address_ends_in_example(world, happenings):
    addresses = [one.email for one in (*world.people, *world.colleagues)]
    addresses += [one.address for one in world.mailboxes]
    text = "\n".join(one.body for one in happenings if isinstance(one, SAID))
    addresses += re.findall(r"[\w.+-]+@[\w.-]+\w", text)

    assert len(addresses) > 600
    assert [one for one in addresses if not one.lower().endswith(".example")] == []


def test_no_two_people_share_an_address(world):
    addresses = [one.email.lower() for one in (*world.people, *world.colleagues)]

    assert len(addresses) == len(set(addresses))


def test_no_text_shows_the_machine_behind_it(happenings):
    texts = [one.body for one in happenings if isinstance(one, SAID)]
    texts += [one.subject for one in happenings if isinstance(one, Arrived)]

    flaws = re.compile(r"[{}|~^]|  |\bNone\b(?! of)|\n\n\n|^\s|\s$|,,|\.\.(?!\.)|\?\.")
    assert [text for text in texts if flaws.search(text)] == []
    assert all(texts)


def test_some_files_are_pictures_papers_and_tables(happenings):
    files = [file for one in happenings if isinstance(one, SAID) and not isinstance(one, Noted)
             for file in one.attachments]  # fmt: skip
    heads = {"image/png": b"\x89PNG\r\n\x1a\n", "application/pdf": b"%PDF-1.4", "text/csv": b"parcel;"}

    assert {file.media_type for file in files} == {*heads, "text/plain"}
    for file in files:
        assert file.content.startswith(heads.get(file.media_type, b""))


def test_answers_take_hours_not_minutes_or_days(tickets):
    waits = [
        next(one.at for one in thread if isinstance(one, Replied)) - thread[0].at
        for thread in tickets.values()
        if any(isinstance(one, Replied) for one in thread)
    ]

    assert timedelta(minutes=45) < median(waits) < timedelta(hours=4)


def test_the_desk_is_alive_at_the_end(tickets):
    def state(thread: list[Happening]) -> str:
        now = "new"
        for one in thread:
            if isinstance(one, Closed):
                now = "closed"
            elif isinstance(one, Replied):
                now = "waiting"
            elif (isinstance(one, Wrote) and now != "new") or (isinstance(one, Assigned) and one.owner):
                now = "open"
        return now

    states = Counter(state(thread) for thread in tickets.values())

    assert states["closed"] > 0.85 * len(tickets)
    assert all(states[each] for each in ("new", "open", "waiting"))


def test_some_tickets_travel_between_teams_and_some_come_back_to_life(happenings):
    handed_over = [one for one in happenings if isinstance(one, Assigned) and one.owner is None]
    reopened = [one for one in happenings if isinstance(one, Wrote) and one.reopens]

    assert len(handed_over) > 300
    assert len(reopened) > 150


@pytest.mark.parametrize("until", [UNTIL, UNTIL.replace(month=3, day=1, hour=2)])
def test_the_cast_has_its_tickets_in_every_world(until):
    world = World(seed=1, until=until, tickets=60)
    people = {one.key: one for one in world.people}
    arrived = {one.subject: one for one in world.happenings() if isinstance(one, Arrived)}

    lost = arrived["Where is my parcel?"]
    assert people[lost.person].email == "vera@nordlys.example"
    assert "HB 4471 902" in lost.body
    assert people[arrived["Label printer prints blank labels after 4.2"].person].name == "Tom Akande"


def test_piets_brand_is_another_than_veras(world):
    piet = next(one for one in world.colleagues if one.name == "Piet Jansen")

    assert piet.brands == ("office",)
    assert world.people[0].brand == "harbour"

"""Time on tickets: typed as people write it, summed, changed by whose it is, carried by merges."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from handrail.accounts.models import AuditEntry
from handrail.events.facts import Fact
from handrail.events.models import FactRow
from handrail.events.queries import facts_about
from handrail.kit import clock, ids
from handrail.kit.exporting import read_csv
from handrail.tickets import merging
from handrail.tickets.events import TimeChanged, TimeEntered, TimePutBack, TimeRemoved
from handrail.tickets.models import Activity, Ticket, TimeEntry
from handrail.tickets.models.time_entry import Kind
from handrail.tickets.timing import entering
from handrail.tickets.timing.entering import Spent
from handrail.tickets.timing.lengths import NoLength, length_of, minutes_in


@pytest.fixture
def repair(ada) -> Activity:
    kind = Kind(labels={"en": "Repair", "de": "Reparatur"}, billable=True, hourly_cost=Decimal(60))
    return Activity.make(kind, by=ada.user, at=clock.now())


def _spent(minutes: int = 20, **more) -> Spent:
    return Spent(**{"minutes": minutes, "spent_on": localdate(), **more})


def _enter(ticket, agent, minutes: int = 20, **more) -> TimeEntry:
    return entering.enter(ticket, _spent(minutes, **more), by=agent, at=clock.now())


def _times(ticket) -> str:
    return reverse("tickets:times", args=[ticket.number])


def _one(entry, name: str = "time") -> str:
    return reverse(f"tickets:{name}", args=[entry.ticket.number, entry.pk])


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("20", 20),
        ("20m", 20),
        ("20 min", 20),
        ("1h", 60),
        ("1h 20m", 80),
        ("1h20", 80),
        ("1 H 20 MIN", 80),
        ("1:20", 80),
        ("1.5h", 90),
        ("1,25 h", 75),
        ("2 Std 5 Minuten", 125),
        ("24h", 1440),
    ],
)
def test_a_length_is_read_as_people_write_it(text, minutes):
    assert minutes_in(text) == minutes


@pytest.mark.parametrize("text", ["", "x", "1x", "-5", "0", "0h", "25h", "1:75", "1h 20m 3s", "20 20", "h"])
def test_what_is_no_length_is_said(text):
    with pytest.raises(NoLength) as wrong:
        minutes_in(text)
    assert str(wrong.value)


def test_a_length_written_is_read_the_same():
    for minutes in (1, 59, 60, 80, 1440):
        assert minutes_in(length_of(minutes)) == minutes


def test_a_quarter_of_an_hour_is_one_press(nadia, lost_parcel, client_of):
    answer = client_of(nadia).post(_times(lost_parcel), {"length": "15m"}, headers={"HX-Request": "true"})

    entry = TimeEntry.objects.get()
    assert (entry.minutes, entry.agent, entry.spent_on, entry.activity) == (15, nadia, localdate(), None)
    assert "15 min entered." in answer.content.decode()
    (told,) = facts_about(lost_parcel.pk, kinds=[TimeEntered])
    assert isinstance(told, TimeEntered)
    assert (told.minutes, told.by_agent_id) == (15, nadia.pk)


def test_an_entry_costs_what_its_activity_costs_then(nadia, ada, lost_parcel, repair):
    entry = _enter(lost_parcel, nadia, activity=repair)
    dearer = Kind(labels=repair.labels, billable=False, hourly_cost=Decimal(90))
    repair.change(dearer, by=ada.user, at=clock.now())

    entering.change(lost_parcel, entry.pk, _spent(30, activity=repair), by=nadia, at=clock.now())

    entry.refresh_from_db()
    assert (entry.minutes, entry.billable, entry.hourly_cost) == (30, True, Decimal("60.00"))


def test_a_change_of_an_activity_is_put_back(ada, repair, client_of):
    repair.refresh_from_db()
    browser, was = client_of(ada), repair.decided
    here = reverse("tickets:activity", args=[repair.pk])

    saved = browser.post(here, {"label_en": "Mending", "hourly_cost": "75", "position": "3"})
    page = browser.get(saved["Location"]).content.decode()
    (back,) = set(re.findall(r'action="([^"]*/changes/\d+)"', page))
    browser.post(back, {"_method": "delete"})

    repair.refresh_from_db()
    assert ("An hour costs: 60 → 75" in page, repair.decided) == (True, was)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"length": "soon"}, "Write a time as 20m"),
        ({"length": ""}, "This field is required."),
        ({"length": "20m", "activity": "x"}, "Select a valid choice"),
        ({"length": "20m", "spent_on": "2999-01-01"}, "still to come"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(nadia, lost_parcel, client_of, sent, says):
    answer = client_of(nadia).post(
        _times(lost_parcel), {**sent, "note": "on site"}, headers={"HX-Request": "true"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "on site" in page
    assert not TimeEntry.objects.exists()


def test_own_entries_are_changed_removed_and_put_back_and_all_of_it_is_told(nadia, lost_parcel, client_of):
    browser, entry = client_of(nadia), _enter(lost_parcel, nadia)

    browser.post(_one(entry), {"length": "1h", "note": "on site"})
    browser.post(_one(entry), {"_method": "delete"})
    gone = browser.post(_one(entry), {"_method": "delete"}, headers={"HX-Request": "true"})
    browser.post(_one(entry, "time-return"))

    entry.refresh_from_db()
    assert gone.status_code == 409
    assert (entry.minutes, entry.note, entry.removed_at) == (60, "on site", None)
    kinds: list[type[Fact]] = [TimeEntered, TimeChanged, TimeRemoved, TimePutBack]
    assert [type(fact) for fact in facts_about(lost_parcel.pk, kinds=kinds)] == kinds


def test_nobody_touches_the_entry_of_a_colleague(nadia, iris, lost_parcel, client_of):
    entry, browser = _enter(lost_parcel, nadia), client_of(iris)

    assert browser.post(_one(entry), {"length": "1h"}).status_code == 403
    assert browser.post(_one(entry), {"_method": "delete"}).status_code == 403
    assert browser.post(_one(entry, "time-return")).status_code == 403
    entry.refresh_from_db()
    assert (entry.minutes, entry.removed_at) == (20, None)


def test_a_change_is_put_back_from_the_history(nadia, lost_parcel, client_of):
    browser, entry = client_of(nadia), _enter(lost_parcel, nadia)
    browser.post(_one(entry), {"length": "1h"})
    page = browser.get(reverse("tickets:changes", args=[lost_parcel.number])).content.decode()
    assert "Time spent" in page

    change = FactRow.objects.get(subject_id=lost_parcel.pk, kind="tickets.TimeChanged")
    browser.delete(reverse("tickets:change", args=[lost_parcel.number, change.pk]))

    entry.refresh_from_db()
    assert entry.minutes == 20


def test_a_ticket_sums_its_time_by_activity(nadia, iris, lost_parcel, repair, client_of):
    _enter(lost_parcel, nadia, 20)
    _enter(lost_parcel, iris, 40, activity=repair)
    _enter(lost_parcel, nadia, 30, activity=repair)

    page = client_of(nadia).get(_times(lost_parcel), headers={"HX-Request": "true"}).content.decode()

    for words in ("1 h 30 min", "1 h 10 min", "Repair", "Other work", iris.name):
        assert words in page


def test_a_merge_takes_time_along_and_its_undo_brings_it_back(nadia, iris, lost_parcel, write):
    other = write(external_id="merged@nordlys.example").ticket
    own, theirs = _enter(lost_parcel, nadia, 20), _enter(other, iris, 40)

    merging.merge([other], into=lost_parcel, by=nadia, at=clock.now())

    assert {entry.pk for entry in lost_parcel.time_entries.all()} == {own.pk, theirs.pk}
    later = _enter(Ticket.objects.get(pk=lost_parcel.pk), nadia, 5)

    merging.undo(other.merges.get(), by=nadia, at=clock.now())

    assert {entry.pk for entry in lost_parcel.time_entries.all()} == {own.pk, later.pk}
    (home,) = other.time_entries.all()
    assert (home.pk, home.home_id, home.minutes) == (theirs.pk, None, 40)


def test_an_activity_is_made_in_every_language_and_retired(ada, nadia, lost_parcel, client_of):
    browser = client_of(ada)
    browser.post(
        reverse("tickets:activities"),
        {
            "label_en": "Repair",
            "label_de": "Reparatur",
            "hourly_cost": "60.5",
            "position": 1,
            "billable": "on",
        },
    )
    activity = Activity.objects.get()
    assert (activity.hourly_cost, activity.billable) == (Decimal("60.50"), True)
    with translation.override("de"):
        assert activity.words == "Reparatur"
    assert "Repair" in client_of(nadia).get(_times(lost_parcel) + "?adding").content.decode()

    browser.post(reverse("tickets:activity-retirement", args=[activity.pk]))

    assert "Repair" not in client_of(nadia).get(_times(lost_parcel) + "?adding").content.decode()
    kinds = AuditEntry.objects.filter(kind__startswith="activity").order_by("number")
    assert list(kinds.values_list("kind", flat=True)) == ["activity.made", "activity.retired"]


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("person", "Nadia Haddad"),
        ("activity", "Repair"),
        ("customer", "Vera Lindqvist"),
        ("organisation", "Nordlys Books"),
    ],
)
def test_a_period_is_summed_and_every_sum_opens_what_is_behind_it(
    nadia, iris, lost_parcel, repair, client_of, by, words
):
    _enter(lost_parcel, nadia, 90, activity=repair)
    _enter(lost_parcel, nadia, 30, activity=repair, spent_on=localdate() - timedelta(days=400))
    browser, asked = (
        client_of(iris),
        {"by": by, "first": localdate() - timedelta(days=1), "last": localdate()},
    )

    page = browser.get(reverse("tickets:time-sums"), asked).content.decode()
    keys = {"person": nadia.pk, "activity": repair.pk, "customer": lost_parcel.requester_id}
    key = keys.get(by, lost_parcel.requester.organisation_id)
    behind = browser.get(reverse("tickets:time-sums"), {**asked, "of": key}).content.decode()

    assert words in page
    assert "1 h 30 min" in page
    assert "90" in page  # what it cost
    assert f"#{lost_parcel.number}" in behind


def test_S_077_the_file_holds_every_entry_and_no_formula(nadia, iris, lost_parcel, repair, client_of):
    _enter(lost_parcel, nadia, 90, activity=repair, note="=1+1")
    asked = {"by": "person", "first": localdate(), "last": localdate()}

    answer = client_of(iris).get(reverse("tickets:time-file"), asked)

    content = b"".join(answer.streaming_content).decode()
    (_head, row) = read_csv(content)
    assert "'=1+1" in content
    assert row[1:6] == ["Nadia Haddad", "Repair", "yes", "90", "90.00"]
    assert row[-1] == "=1+1"
    assert AuditEntry.objects.filter(kind="export.made").exists()


def test_S_021_the_time_of_another_brand_is_in_no_sum(nadia, iris, piet, lost_parcel, house, client_of):
    piet.user.role.rights.append("tickets.time_sums")
    piet.user.role.save()
    _enter(lost_parcel, nadia, 90)
    asked = {"by": "customer", "first": localdate(), "last": localdate()}

    seen = client_of(iris).get(reverse("tickets:time-sums"), asked).content.decode()
    page = client_of(piet).get(reverse("tickets:time-sums"), asked).content.decode()
    rows = b"".join(client_of(piet).get(reverse("tickets:time-file"), asked).streaming_content).decode()

    assert "Vera Lindqvist" in seen
    assert "Vera Lindqvist" not in page
    assert len(list(read_csv(rows))) == 1


def test_a_period_upside_down_is_said(iris, client_of):
    asked = {"first": date(2026, 2, 2), "last": date(2026, 1, 1), "by": "person"}

    answer = client_of(iris).get(reverse("tickets:time-sums"), asked)

    assert answer.status_code == 422
    assert "before the first day" in answer.content.decode()


def test_a_ticket_without_time_costs_no_query_more(nadia, lost_parcel, client_of):
    browser, address = client_of(nadia), reverse("tickets:show", args=[lost_parcel.number])
    browser.get(address)
    with CaptureQueriesContext(connection) as without:
        browser.get(address)
    asked = [query["sql"] for query in without if 'FROM "tickets_timeentry"' in query["sql"]]
    assert len(asked) <= 1  # whether there is any, within the one query of the ticket

    _enter(lost_parcel, nadia)
    with CaptureQueriesContext(connection) as with_time:
        browser.get(address)

    assert len(with_time) <= len(without) + 2  # names for the new line of the timeline


def test_the_sums_cost_the_same_for_one_entry_and_for_three(
    nadia, omar, iris, lost_parcel, client_of, django_assert_num_queries
):
    browser, address = client_of(iris), reverse("tickets:time-sums")
    _enter(lost_parcel, nadia)
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    _enter(lost_parcel, omar)
    _enter(lost_parcel, iris)

    with django_assert_num_queries(len(one)):
        browser.get(address)


@pytest.mark.parametrize("road", ["replies", "notes"])
def test_time_goes_along_with_an_answer_or_a_note_once(nadia, lost_parcel, client_of, road):
    browser, key = client_of(nadia), ids.uuid7()
    sent = {"body": "It left.", "key": str(key), "spent": "1h 20m"}
    address = reverse(f"tickets:{road}", args=[lost_parcel.number])

    browser.post(address, sent)
    browser.post(address, sent)

    (entry,) = lost_parcel.time_entries.all()
    assert (entry.minutes, entry.agent, entry.key) == (80, nadia, key)


def test_an_answer_whose_time_means_nothing_is_not_sent_and_kept(nadia, lost_parcel, client_of):
    sent = {"body": "It left.", "key": str(ids.uuid7()), "spent": "a while"}
    address = reverse("tickets:replies", args=[lost_parcel.number])

    answer = client_of(nadia).post(address, sent, headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write a time as 20m" in page
    assert "It left." in page
    assert 'value="a while"' in page
    assert not TimeEntry.objects.exists()

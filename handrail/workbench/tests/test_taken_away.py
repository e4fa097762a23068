"""The list of a view as a file: what is in it, for whom, at what cost; nothing in it becomes a formula."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.accounts.models import AuditEntry
from handrail.kit.exporting import read_csv
from handrail.tickets.queries import taking_away
from handrail.tickets.receiving import receive
from tests.cast import NINE, VERA_WRITES


@pytest.fixture
def file_of(client_of):
    """The file that somebody gets: `file_of(iris)`."""

    def take(agent, view="unassigned", query=""):
        answer = client_of(agent).get(f"/inbox/{view}/tickets.csv{query}")
        return b"".join(answer.streaming_content).decode() if answer.streaming else answer

    return take


@pytest.fixture
def wrote(house):
    """A ticket that came at a time: `wrote("Subject", minutes=3)`."""

    def say(subject, *, minutes=0, brand=None):
        mail = replace(VERA_WRITES, subject=subject, external_id=f"{subject}@x")
        team = None if brand else house.parcels
        at = NINE + timedelta(minutes=minutes)
        return receive(mail, brand=brand or house.harbour, team=team, at=at).ticket

    return say


def subjects(file: str) -> list[str]:
    return [line[1] for line in list(read_csv(file))[1:]]


def test_iris_takes_a_view_away_in_its_order_with_what_she_counts_by(iris, file_of, wrote, nadia):
    wrote("Second", minutes=60)
    first = wrote("First")
    first.tag("customs", by=nadia, at=NINE)

    file = file_of(iris)

    assert file.startswith("\ufeff")
    head, line, _second = read_csv(file)
    assert subjects(file) == ["First", "Second"]
    told = dict(zip(head, line, strict=True))
    assert (told["Number"], told["Tags"], told["Brand"]) == (str(first.number), "customs", "Harbour Parcels")
    assert told["Opened"] == NINE.isoformat()
    assert told["Address"].endswith(f"/tickets/{first.number}")


def test_S_077_what_a_customer_writes_is_no_formula_in_it_and_comes_back_whole(iris, file_of, write):
    written = ['=HYPERLINK("http://canary.example")', "+1", "-1", "@SUM(A1)", "＝1+1", "a;=1+1", "'quoted"]
    for number, subject in enumerate(written):
        write(subject=subject, name="=1+1", external_id=f"{number}@x", address=f"p{number}@x.example")

    file = file_of(iris)

    cells = [cell for line in csv.reader(io.StringIO(file.removeprefix("\ufeff"))) for cell in line]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@＝")]
    assert "a;'=1+1" in cells
    assert sorted(subjects(file)) == sorted(written)


def test_it_is_narrowed_as_the_list_is(iris, file_of, write, nadia):
    urgent = write(subject="Urgent", external_id="1@x").ticket
    urgent.prioritise(4, by=nadia, at=NINE)
    write(subject="Other", external_id="2@x")

    assert subjects(file_of(iris, query="?q=priority:urgent")) == ["Urgent"]


def test_of_another_brand_nothing_is_in_it(iris, house, file_of, wrote, lost_parcel):
    wrote("Theirs", brand=house.office)

    assert subjects(file_of(iris)) == [lost_parcel.subject]


def test_it_is_a_download_that_nobody_keeps_and_the_audit_tells_of_it(iris, client_of, lost_parcel):
    answer = client_of(iris).get("/inbox/unassigned/tickets.csv?q=priority:normal")

    entry = AuditEntry.objects.get(kind="export.made")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Cache-Control"] == "private, no-store"
    assert (entry.actor_id, entry.details) == (
        iris.user_id,
        {"view": "Unassigned", "filters": "?q=priority%3Anormal"},
    )


def test_who_may_not_take_lists_away_is_not_offered_it(nadia, iris, client_of):
    offered = [b"tickets.csv" in client_of(who).get("/inbox/unassigned").content for who in (nadia, iris)]

    assert offered == [False, True]


@pytest.mark.parametrize("view", ["nobodys", "search"])
def test_a_view_that_is_not_there_and_a_search_for_nothing_are_no_file(iris, file_of, view):
    assert file_of(iris, view=view).status_code == 404


def test_it_is_read_in_pieces_and_ends_at_its_limit(iris, file_of, wrote, monkeypatch):
    monkeypatch.setattr(taking_away, "AT_ONCE", 2)
    for number in range(5):
        wrote(f"Parcel {number}", minutes=number)

    assert subjects(file_of(iris)) == [f"Parcel {number}" for number in range(5)]

    monkeypatch.setattr(taking_away, "AT_MOST", 3)
    assert len(subjects(file_of(iris))) == 3


def test_it_costs_the_same_queries_for_one_ticket_and_for_three(iris, file_of, write, lost_parcel):
    costs = []
    for number in range(3):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            file_of(iris)
        costs.append(len(asked))
        write(subject=f"More {number}", external_id=f"{number}@x")

    assert costs[1:] == costs[1:2] * 2

"""Views as boards and calendars: each ticket in its place, and moved by the rules of its page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.tickets.checklists import putting, writing
from handrail.tickets.checklists.writing import Wanted
from handrail.tickets.models import Ticket
from tests.cast import NINE

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def board(kept):
    return kept(name="Board", text="status:live", shape="board", grouping="priority")


def cards_in(page):
    """The numbers of the cards in each column by its name."""
    columns = re.findall(r'<h3 class="board__name"[^>]*>(.*?) <span.*?</h3>(.*?)</section>', page, re.S)
    return {name: re.findall(r'id="card-(\d+)"', cards) for name, cards in columns}


def test_a_board_has_a_column_for_each_priority_and_counts_all_cards(nadia, lost_parcel, board, client_of):
    page = client_of(nadia).get(f"/inbox/{board.key}").content.decode()

    assert cards_in(page) == {"Urgent": [], "High": [], "Normal": [str(lost_parcel.number)], "Low": []}


def test_a_card_is_moved_and_moved_back(nadia, lost_parcel, board, client_of):
    browser = client_of(nadia)
    address = f"/inbox/{board.key}/{lost_parcel.number}/move"

    moved = browser.post(address, {"to": "4"}, headers=BY_SCRIPT).content.decode()
    lost_parcel.refresh_from_db()
    priority = lost_parcel.priority
    (back,) = re.findall(r'class="toast".*?name="to" value="(\d)"', moved, re.S)
    browser.post(address, {"to": back}, headers=BY_SCRIPT)

    lost_parcel.refresh_from_db()
    assert cards_in(moved)["Urgent"] == [str(lost_parcel.number)]
    assert (priority, lost_parcel.priority) == (4, 2)


@pytest.mark.parametrize(
    ("grouping", "to", "column", "becomes"),
    [
        ("status", "open", "status", "open"),
        ("owner", "me", "owner_id", "nadia"),
        ("team", "billing", "team_id", "billing"),
    ],
)
def test_a_board_moves_by_status_owner_and_team(
    nadia, house, lost_parcel, kept, client_of, grouping, to, column, becomes
):
    ids = {"billing": house.billing.pk, "nadia": nadia.pk}
    board = kept(text="status:live", shape="board", grouping=grouping)

    answer = client_of(nadia).post(
        f"/inbox/{board.key}/{lost_parcel.number}/move", {"to": str(ids.get(to, to))}
    )

    lost_parcel.refresh_from_db()
    assert answer.status_code == 303
    assert getattr(lost_parcel, column) == ids.get(becomes, becomes)


def test_a_card_that_may_not_be_moved_stays_and_the_board_says_why(lena, lost_parcel, kept, house, client_of):
    board = kept(by=lena, text="status:live", shape="board", grouping="priority")

    answer = client_of(lena).post(
        f"/inbox/{board.key}/{lost_parcel.number}/move", {"to": "4"}, headers=BY_SCRIPT
    )

    lost_parcel.refresh_from_db()
    assert (answer.status_code, lost_parcel.priority) == (409, 2)


def test_a_calendar_shows_each_ticket_on_its_day_in_the_readers_zone(nadia, lost_parcel, kept, client_of):
    view = kept(text="status:live", shape="calendar", dated_by="created")
    Ticket.objects.update(created_at=NINE.replace(hour=23, minute=30))
    nadia.user.timezone = "Europe/Berlin"
    nadia.user.save()

    page = client_of(nadia).get(f"/inbox/{view.key}?month=2026-11").content.decode()

    (day,) = re.findall(r'datetime="([\d-]+)"(?:(?!</li>).)*calendar__ticket', page, re.S)
    assert day == "2026-11-17"
    assert "created%3A2026-11-17" in page


@pytest.mark.parametrize("month", ["2026-13", "x", "0001-01", "9999-12", "2026-11'"])
def test_a_month_that_is_none_is_the_present_one(nadia, kept, client_of, month):
    view = kept(shape="calendar")

    assert client_of(nadia).get(f"/inbox/{view.key}?month={month}").status_code == 200


@pytest.mark.parametrize("shape", ["board", "calendar"])
def test_R_068_a_shape_costs_the_same_queries_for_one_ticket_and_for_three(
    nadia, write, kept, client_of, shape
):
    view = kept(text="status:live", shape=shape, grouping="status")
    browser = client_of(nadia)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/inbox/{view.key}?month=2026-11")
        return len(queries)

    write(external_id="0@x")
    one = cost()
    write(external_id="1@x")
    write(external_id="2@x")

    assert cost() == one


def test_a_card_that_is_held_up_asks_why_and_moves_with_the_reason(iris, nadia, lost_parcel, kept, client_of):
    checklist = putting.add(lost_parcel, title="Parcel", by=nadia, at=NINE)
    writing.write(checklist, Wanted(text="Call the van"), by=nadia, at=NINE)
    boards = [kept(by=who, text="status:live", shape="board", grouping="status") for who in (iris, nadia)]
    here, theirs = (f"/inbox/{board.key}/{lost_parcel.number}/move" for board in boards)
    browser = client_of(iris)

    asked = browser.post(here, {"to": "solved"}, headers=BY_SCRIPT)
    refused = client_of(nadia).post(theirs, {"to": "solved"}, headers=BY_SCRIPT)
    by_page = browser.post(here, {"to": "solved"})
    lost_parcel.refresh_from_db()
    before = lost_parcel.status
    browser.post(here, {"to": "solved", "despite": "Sold"}, headers=BY_SCRIPT)

    assert (asked.status_code, 'name="despite"' in asked.content.decode()) == (409, True)
    assert (refused.status_code, 'name="despite"' in refused.content.decode()) == (409, False)
    assert by_page["Location"] == f"/tickets/{lost_parcel.number}/closure?to=solved"
    assert (before, Ticket.objects.get(pk=lost_parcel.pk).status) == ("new", "solved")

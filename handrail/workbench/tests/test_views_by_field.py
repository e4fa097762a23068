"""Views by custom fields and by the statuses that admins named: columns, order, groups, boards; mentions."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.fields.field import Kind, Noun
from handrail.fields.models import Definition
from handrail.kit import clock
from handrail.tickets import merging
from handrail.tickets.models import Status, Ticket, View
from tests.cast import NINE

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


def rows_in(page):
    return re.findall(r'<li class="row[^"]*" id="row-(\d+)"', page)


def defined(ada, key, kind=Kind.CHOICE, **settings):
    labels = {"en": key.capitalize()}
    return Definition.define(
        noun=Noun.TICKET, key=key, kind=kind, labels=labels, by=ada.user, at=clock.now(), **settings
    )


@pytest.fixture
def carrier(ada):
    """A field with two choices."""
    words = [("sea", "By sea"), ("air", "By air")]
    choices = [{"key": key, "labels": {"en": label}} for key, label in words]
    return defined(ada, "carrier", choices=choices)


@pytest.fixture
def three(lost_parcel, write, nadia, carrier):
    """By air, by sea, and neither."""
    air, none = (write(external_id=f"{n}@nordlys.example", subject=f"Parcel {n}").ticket for n in range(2))
    lost_parcel.fill({"carrier": "sea"}, by=nadia, at=clock.now())
    air.fill({"carrier": "air"}, by=nadia, at=clock.now())
    return air, lost_parcel, none


@pytest.fixture
def kept(nadia):
    def keep(**changes):
        return View.make(by=nadia, at=NINE, **{"name": "Parcels", "text": "status:live", **changes})

    return keep


def test_rows_show_a_custom_field_in_words_and_the_name_of_an_admins_status(
    nadia, ada, three, kept, client_of
):
    labels = {"en": "At customs"}
    Status.make(key="customs", category=Ticket.Status.HOLD, labels=labels, by=ada.user, at=clock.now())
    three[1].set_status("customs", by=nadia, at=clock.now())
    view = kept(columns=["field.carrier", "status"])
    browser = client_of(nadia)
    browser.get(f"/inbox/{view.key}")

    page = browser.get(f"/inbox/{view.key}").content.decode()
    with CaptureQueriesContext(
        connection,
    ) as bare:
        browser.get(f"/inbox/{kept(name='Bare').key}", headers=BY_SCRIPT)
    with CaptureQueriesContext(connection) as full:
        browser.get(f"/inbox/{view.key}", headers=BY_SCRIPT)

    assert "By sea" in page
    assert "At customs" in page
    assert len(full) <= len(bare) + 2  # the columns, and what is set up


def test_sorted_by_the_place_of_a_choice_in_its_list_either_way(nadia, three, client_of):
    air, sea, none = (str(ticket.number) for ticket in three)
    browser = client_of(nadia)

    up = rows_in(browser.get("/inbox/open?q=sort:field.carrier").content.decode())
    down = rows_in(browser.get("/inbox/open?q=sort:-field.carrier").content.decode())

    assert (up, down) == ([sea, air, none], [air, sea, none])


def test_sorted_by_a_number_by_its_size(nadia, ada, three, client_of):
    defined(ada, "weight", kind=Kind.NUMBER)
    for ticket, weight in zip(three, (9, 10, 2), strict=True):
        ticket.fill({"weight": weight}, by=nadia, at=clock.now())

    found = rows_in(client_of(nadia).get("/inbox/open?q=sort:field.weight").content.decode())

    assert found == [str(three[place].number) for place in (2, 0, 1)]


def test_S_075_by_a_field_one_may_not_see_nothing_is_sorted_shown_or_grouped(
    nadia, ada, three, kept, client_of
):
    secret = defined(ada, "secret", kind=Kind.TEXT, visible_to=["admin"])
    three[0].fill({"secret": "hush"}, by=ada, at=clock.now())
    view = kept(columns=[f"field.{secret.key}"], grouping=f"field.{secret.key}")
    browser = client_of(nadia)

    assert "cannot be sorted by this" in browser.get("/inbox/open?q=sort:field.secret").content.decode()
    page = browser.get(f"/inbox/{view.key}").content.decode()
    assert "hush" not in page
    assert len(rows_in(page)) == 3
    form = browser.get("/inbox/views/new").content.decode()
    assert "field.carrier" in form
    assert "field.secret" not in form


def test_grouped_by_a_choice_with_its_words_as_headings(nadia, three, kept, client_of):
    page = client_of(nadia).get(f"/inbox/{kept(grouping='field.carrier').key}").content.decode()

    headings = re.findall(r'<li class="rows__heading"><h3>([^<]+)</h3>', page)
    assert headings == ["By sea", "By air", "Nothing there"]


def test_a_board_by_a_choice_moves_cards_by_filling_the_field_and_back(nadia, three, kept, client_of):
    view = kept(shape="board", grouping="field.carrier")
    browser, sea = client_of(nadia), three[1]
    page = browser.get(f"/inbox/{view.key}").content.decode()
    assert re.findall(r'data-to="([^"]+)"', page) == ["~", "sea", "air"]

    moved = browser.post(f"/inbox/{view.key}/{sea.number}/move", {"to": "air"}, headers=BY_SCRIPT)

    assert Ticket.objects.get(pk=sea.pk).fields == {"carrier": "air"}
    assert 'name="to" value="sea"' in moved.content.decode()
    browser.post(f"/inbox/{view.key}/{sea.number}/move", {"to": "~"}, headers=BY_SCRIPT)
    assert Ticket.objects.get(pk=sea.pk).fields == {}
    refused = browser.post(f"/inbox/{view.key}/{sea.number}/move", {"to": "rail"}, headers=BY_SCRIPT)
    assert refused.status_code == 409


def test_a_board_by_status_has_a_column_for_each_status_that_admins_named(nadia, ada, three, kept, client_of):
    for key in ("packing", "customs"):
        labels = {"en": key.capitalize()}
        Status.make(key=key, category=Ticket.Status.OPEN, labels=labels, by=ada.user, at=clock.now())
    view = kept(shape="board", grouping="status")
    browser = client_of(nadia)

    browser.post(f"/inbox/{view.key}/{three[0].number}/move", {"to": "customs"}, headers=BY_SCRIPT)

    page = browser.get(f"/inbox/{view.key}").content.decode()
    assert re.findall(r'data-to="([^"]+)"', page) == ["new", "open", "packing", "customs", "waiting", "hold"]
    row = Ticket.objects.select_related("stage").get(pk=three[0].pk)
    assert row.stage
    assert (row.status, row.stage.key) == ("open", "customs")


def test_who_may_not_change_tickets_moves_no_card(lena, three, kept, client_of):
    view = View.make(by=lena, at=NINE, name="Mine", text="", shape="board", grouping="field.carrier")

    answer = client_of(lena).post(
        f"/inbox/{view.key}/{three[1].number}/move", {"to": "air"}, headers=BY_SCRIPT
    )

    assert answer.status_code == 409
    assert Ticket.objects.get(pk=three[1].pk).fields == {"carrier": "sea"}


def test_mentions_are_found_wherever_the_note_lies_now(nadia, omar, lost_parcel, write, client_of):
    other = write(external_id="other@nordlys.example").ticket
    other.note(text="@Omar look", by=nadia, mentioned=[omar], at=clock.now())
    merging.merge([other], into=lost_parcel, by=nadia, at=clock.now())
    browser, number = client_of(omar), [str(lost_parcel.number)]

    for question in ("mentions:me", "is:mentioned is:live", "has:mention", "mentions:omar"):
        page = browser.get(f"/inbox/search?q={question} is:live").content.decode()
        assert rows_in(page) == number, question
    assert rows_in(browser.get("/inbox/mentions").content.decode()) == number
    assert rows_in(client_of(nadia).get("/inbox/mentions").content.decode()) == []


def test_a_search_is_kept_as_a_view_at_one_press(nadia, lost_parcel, client_of):
    browser = client_of(nadia)
    page = browser.get("/inbox/search?q=parcel status:new").content.decode()
    form = re.search(r'<form method="post" action="/inbox/views/new".*?</form>', page, re.S)
    assert form
    given = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))

    answer = browser.post("/inbox/views/new", given)

    view = View.objects.get()
    assert (view.name, view.text, view.audience) == ("parcel status:new", "parcel status:new", "person")
    assert answer["Location"] == f"/inbox/{view.key}"

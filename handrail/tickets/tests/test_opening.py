"""Many first messages at once leave what the verb leaves for each of them, row by row."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from handrail.customers.models import Identity, Person
from handrail.tickets.inbound import InboundFile
from handrail.tickets.models import Message
from handrail.tickets.opening import Arrival, open_all
from handrail.tickets.receiving import receive
from tests.cast import NINE, VERA_WRITES

PHOTO = InboundFile(
    name="label.png",
    type="image/png",
    content=b"\x89PNG\r\n\x1a\n" + b"0" * 40,
    inline=True,
    content_id="l@x",
)
LIST = InboundFile(name="list.txt", type="text/plain", content=b"one\ntwo", inline=False, content_id=None)
MAILS = (
    replace(VERA_WRITES, files=(PHOTO, LIST), cc=(("Tom", "tom@akande.example"),)),
    replace(
        VERA_WRITES, address="Ben@Akande.example", name="Ben", language="de", external_id="2@x", files=(LIST,)
    ),
    replace(VERA_WRITES, address="ben@akande.example", name="", subject="", external_id="3@x"),
    replace(VERA_WRITES, address="robot@akande.example", automatic="auto-reply", external_id="4@x"),
)
TABLES = {
    "customers_person": "created_at, name",
    "customers_identity": "value",
    "tickets_ticket": "number",
    "tickets_message": "at",
    "tickets_participant": "joined_at, address",
    "tickets_attachment": "id",
    "files_storedfile": "created_at, name",
    "search_document": "at, kind",
}
#: What differs by its nature: keys that are made anew each time, and numbers that go on.
MADE = {
    "id",
    "ticket_id",
    "message_id",
    "key",
    "owner",
    "subject_id",
    "person_id",
    "requester_id",
    "stored_id",
    "number",
}


def rows() -> dict[str, list[dict[str, Any]]]:
    found = {table: _rows_of(table, order) for table, order in TABLES.items()}
    found["events_fact"] = _rows_of("events_fact", "at, id")
    return found


def _rows_of(table: str, order: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608 - names of ours
        names = [column.name for column in cursor.description]
        return [_without_keys(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _without_keys(row: dict[str, Any]) -> dict[str, Any]:
    if isinstance(row.get("payload"), str):
        row["payload"] = _without_keys(json.loads(row["payload"]))
    if "vector" in row:  # the ticket's number is among the words
        row["vector"] = len(row["vector"].split())
    return {name: value for name, value in row.items() if name not in MADE}


@pytest.fixture
def arrivals(house) -> list[Arrival]:
    return [
        Arrival(inbound=mail, brand=brand, team=team, at=NINE + timedelta(minutes=minute))
        for minute, (mail, brand, team) in enumerate(
            zip(
                MAILS,
                [house.harbour, house.harbour, house.harbour, house.office],
                [house.parcels, None, house.parcels, None],
                strict=True,
            )
        )
    ]


def test_opening_many_tickets_leaves_what_receiving_each_leaves(arrivals):
    for each in arrivals:
        receive(each.inbound, brand=each.brand, team=each.team, at=each.at)
    told = rows()
    _wipe()

    open_all(arrivals)

    assert rows() == told
    assert all(told.values())


def test_opening_costs_the_same_queries_for_two_as_for_four(arrivals, django_assert_num_queries):
    open_all(arrivals[:2])
    with django_assert_num_queries(13):
        open_all(arrivals[:2])
    with django_assert_num_queries(13):
        open_all([arrivals[0], arrivals[1], arrivals[0], arrivals[1]])


def test_each_message_comes_back_in_its_place(arrivals):
    messages = open_all(arrivals)

    assert [message.external_id for message in messages] == [mail.external_id for mail in MAILS]
    assert Message.objects.count() == 4


def test_a_known_person_of_another_brand_becomes_known_to_this_one(house, arrivals, vera):
    opened = open_all([replace(arrivals[0], brand=house.office, team=None)])

    assert opened[0].person == vera
    assert set(vera.brands.all()) == {house.harbour, house.office}


def test_somebody_met_twice_in_one_batch_is_one_person(arrivals):
    open_all(arrivals[1:3])

    assert Identity.objects.filter(value="ben@akande.example").count() == 1
    assert Person.objects.filter(identities=None).count() == 0


def _wipe() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM tickets_attachment; DELETE FROM tickets_message; DELETE FROM tickets_participant;"
            "DELETE FROM tickets_ticket; DELETE FROM files_storedfile; DELETE FROM customers_identity;"
            "DELETE FROM customers_person_brands; DELETE FROM customers_person; DELETE FROM search_document;"
            "TRUNCATE events_fact"
        )

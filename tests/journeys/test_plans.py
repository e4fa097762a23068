"""R-069: lists, tickets and searches are found by indexes, and touch few rows however many there are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from handrail.customers.models import Person
from handrail.kit import ids
from handrail.search import indexing, vocabulary
from handrail.search.indexing import Text
from handrail.tickets.models import Message, Ticket
from handrail.tickets.models.ticket.base import next_numbers
from tests.cast import NINE

#: So many that reading all of them would show.
TICKETS = 4_000
#: No page touches more rows of one of these tables; it has fifty, and some are passed over.
MOST_ROWS = 600
TABLES = ("tickets_ticket", "tickets_message", "search_document")


@pytest.fixture
def many(house, vera, nadia, db) -> Ticket:
    """Tickets over months, a tenth of them live; returns one in the middle."""
    common = {"brand": house.harbour, "team": house.parcels, "requester": vera, "channel": "email"}
    tickets = []
    for place, number in enumerate(next_numbers(TICKETS)):
        at, live = NINE + timedelta(minutes=place), place % 10 == 0
        stands = {"status": "open" if live else "closed", "waiting_since": at if live else None}
        moments = {"created_at": at, "updated_at": at, "last_received_at": at}
        tickets.append(Ticket(number=number, subject=f"Parcel {place}", **common, **stands, **moments))
    Ticket.objects.bulk_create(tickets, batch_size=1000)
    said = [_said(each, vera) for each in tickets]
    Message.objects.bulk_create(said, batch_size=1000)
    indexing.put_many([_text(message, place) for place, message in enumerate(said)])
    vocabulary.count_all()
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('search_document_vector')")  # as time does
        cursor.execute("ANALYZE")
    return tickets[TICKETS // 2]


def _said(ticket: Ticket, vera: Person) -> Message:
    kept = {"kind": "customer", "standing": "on_ticket", "channel": "email", "at": ticket.created_at}
    return Message(id=ids.uuid7(), ticket=ticket, person=vera, text=ticket.subject, **kept)


def _text(message: Message, place: int) -> Text:
    rare = "zeppelin" if place == TICKETS // 2 else ""
    return Text(
        kind="message",
        key=message.pk,
        owner=message.ticket_id,
        scope=message.ticket.brand_id,
        at=message.at,
        title=message.ticket.subject,
        body=f"Where is my parcel {rare}",
    )


ADDRESSES = [
    "/inbox/open",
    "/inbox/closed",
    "/inbox/mine",
    "/tickets/{number}",
    "/inbox/search?q=zeppelin",
    "/inbox/search?q=number:{number}",
]


def test_R_069_no_page_reads_the_whole_desk(nadia, many, client_of):
    browser = client_of(nadia)
    touched = {address: _touched_by(browser, address.format(number=many.number)) for address in ADDRESSES}

    assert {address: read for address, (read, _fetched) in touched.items()} == dict.fromkeys(ADDRESSES, 0)
    assert {address for address, (_read, fetched) in touched.items() if fetched > MOST_ROWS} == set()


def _touched_by(browser: Client, address: str) -> tuple[int, int]:
    """Rows that the page read without an index, and the most that it fetched of one table."""
    browser.get(address)  # what is set up is read once
    before = _touched()
    assert browser.get(address).status_code == 200
    after = _touched()
    read, fetched = ([after[table][n] - before[table][n] for table in TABLES] for n in (0, 1))
    return sum(read), max(fetched)


def _touched() -> dict[str, tuple[int, int]]:
    """Rows read one after the other, and rows fetched by an index, in this transaction by table.

    PostgreSQL counts what its plans really did, also those of statements that were prepared long ago.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [list(TABLES)])
        return {table: (read, fetched) for table, read, fetched in cursor.fetchall()}


_COUNTS = """
    SELECT relname, coalesce(seq_tup_read, 0), coalesce(idx_tup_fetch, 0)
      FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)
"""

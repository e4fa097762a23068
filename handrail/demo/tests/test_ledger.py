"""The ledger leaves what the verbs leave: one story is told through both and compared row by row."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import connection

from handrail.channels.email.models import OutgoingMail
from handrail.tickets.ledger import Book, LedgerTicket
from handrail.tickets.models import Message, Tag, Ticket
from handrail.tickets.receiving import receive
from tests.cast import NINE, VERA_WRITES

AGAIN = replace(
    VERA_WRITES, text="It is still not here", reply_text="It is still not here", external_id="2@x"
)
WITH_COPY = replace(VERA_WRITES, cc=(("Tom", "tom@akande.example"),))
TO = [("Vera Lindqvist", "vera@nordlys.example")]
SENT = Message.Delivery.SENT
TABLES = {
    "tickets_ticket": "number",
    "tickets_message": "at",
    "tickets_participant": "address",
    "tickets_tagging": "at",
    "tickets_closure": "at",
    "events_fact": "id",
    "search_document": "at",
}
#: What differs by its nature: keys that are made anew each time.
MADE = {"id", "ticket_id", "message_id", "key", "owner", "subject_id", "tag_id"}


def minutes(count: int) -> Any:
    return NINE + timedelta(minutes=count)


def by_the_verbs(house, nadia, omar) -> None:
    ticket = receive(WITH_COPY, brand=house.harbour, team=house.parcels, at=minutes(0)).ticket
    ticket.assign(nadia, by=nadia, at=minutes(1))
    ticket.prioritise(Ticket.Priority.HIGH, by=nadia, at=minutes(2))
    ticket.tag("late", by=nadia, at=minutes(3))
    ticket.note(text="Ask depot 7.", by=omar, at=minutes(4))
    answer = ticket.reply(text="It is in the van.", by=nadia, at=minutes(5))
    ticket.send_as(answer, external_id="answer@harbour", to=TO)
    ticket.record_delivery(answer, state=SENT, at=minutes(6))
    ticket.close(by=nadia, reason="Solved", at=minutes(7))
    ticket = receive(AGAIN, brand=house.harbour, ticket=ticket, at=minutes(8)).ticket
    ticket.move(house.billing, by=nadia, at=minutes(9))
    ticket.assign(omar, by=omar, at=minutes(10))
    ticket.close(by=omar, reason="Refunded", at=minutes(11))
    OutgoingMail.objects.all().delete()


def by_the_ledger(house, nadia, omar, vera) -> None:
    book, number = Book(), Ticket.objects.get().number
    late = Tag.called("late")
    Ticket.objects.all().delete()
    ticket = LedgerTicket.open(
        book, WITH_COPY, author=vera, brand=house.harbour, team=house.parcels, number=number, at=minutes(0)
    )
    ticket.assign(nadia, by=nadia, at=minutes(1))
    ticket.prioritise(Ticket.Priority.HIGH, by=nadia, at=minutes(2))
    ticket.tag(late, by=nadia, at=minutes(3))
    ticket.note(text="Ask depot 7.", by=omar, at=minutes(4))
    answer = ticket.reply(
        text="It is in the van.", by=nadia, external_id="answer@harbour", to=TO, at=minutes(5)
    )
    ticket.sent(answer, at=minutes(6))
    ticket.close(by=nadia, reason="Solved", at=minutes(7))
    ticket.receive(AGAIN, author=vera, at=minutes(8))
    ticket.move(house.billing, members=frozenset([omar.pk]), by=nadia, at=minutes(9))
    ticket.assign(omar, by=omar, at=minutes(10))
    ticket.close(by=omar, reason="Refunded", at=minutes(11))
    book.finish()


def rows() -> dict[str, list[dict[str, Any]]]:
    return {table: _rows_of(table, order) for table, order in TABLES.items()}


def _rows_of(table: str, order: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608 - names of ours
        names = [column.name for column in cursor.description]
        return [_without_keys(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _without_keys(row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in MADE}
    if isinstance(kept.get("payload"), str):
        kept["payload"] = json.loads(kept["payload"])
    if "payload" in kept:
        kept["payload"] = {name: value for name, value in kept["payload"].items() if name not in MADE}
    return kept


def test_the_ledger_leaves_what_the_verbs_leave(house, nadia, omar, vera):
    by_the_verbs(house, nadia, omar)
    told = rows()
    _wipe()

    by_the_ledger(house, nadia, omar, vera)

    assert rows() == told
    assert all(told.values())


def test_numbers_go_on_after_the_last_of_the_ledger(house, nadia, omar, vera):
    book = Book()
    LedgerTicket.open(
        book, VERA_WRITES, author=vera, brand=house.harbour, team=house.parcels, number=5000, at=NINE
    )
    book.finish()

    assert receive(AGAIN, brand=house.harbour, team=house.parcels, at=NINE).ticket.number == 5001


def _wipe() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE events_fact; DELETE FROM search_document")

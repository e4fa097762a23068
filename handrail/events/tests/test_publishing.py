"""Facts, reactions and followers live and die with the transaction that made them."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from handrail.events import Fact, publish
from handrail.events.facts import fact_from, known_kinds, payload_of
from handrail.events.models import FactRow
from handrail.events.partitions import ensure
from handrail.events.queries import facts_about
from handrail.tickets.events import TicketClosed
from tests.cast import NINE

CLOSED = TicketClosed(ticket_id=uuid4(), by_agent_id=None, reason="Delivered", at=NINE)


def test_a_published_fact_can_be_read_back_as_it_was(db):
    with transaction.atomic():
        publish(CLOSED)

    assert facts_about(CLOSED.ticket_id) == [CLOSED]


def test_a_rolled_back_verb_leaves_no_fact(db):
    with transaction.atomic():
        publish(CLOSED)
        transaction.set_rollback(True)

    assert facts_about(CLOSED.ticket_id) == []


@pytest.mark.django_db(transaction=True)
def test_publishing_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        publish(CLOSED)


@pytest.mark.parametrize("statement", ["UPDATE events_fact SET kind = 'x'", "DELETE FROM events_fact"])
def test_the_table_of_facts_refuses_to_be_rewritten(db, statement):
    publish(CLOSED)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert facts_about(CLOSED.ticket_id) == [CLOSED]


def test_a_new_month_takes_its_facts_from_the_default_partition(db):
    publish(CLOSED)

    ensure(first=date(2026, 11, 1), last=date(2027, 1, 5))

    assert facts_about(CLOSED.ticket_id) == [CLOSED]
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM events_fact")
        assert cursor.fetchall() == [("events_fact_2026_11",)]


def test_a_later_version_may_add_fields_that_this_one_ignores():
    assert fact_from(CLOSED.kind, {**payload_of(CLOSED), "colour": "teal"}) == CLOSED


def test_every_kind_of_fact_has_a_name_of_its_room():
    assert known_kinds()["tickets.TicketClosed"] is TicketClosed
    assert all(issubclass(kind, Fact) for kind in known_kinds().values())


def test_a_reaction_sees_the_fact_within_the_same_transaction(lost_parcel):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_document WHERE owner = %s", [lost_parcel.pk])
        assert cursor.fetchone() == (1,)
    assert FactRow.objects.filter(at__lte=datetime.now(UTC)).count() == 2

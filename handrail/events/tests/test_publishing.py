"""Facts, reactions and followers live and die with the transaction that made them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from handrail.events import Fact, publish, publish_all, reacts_to
from handrail.events.facts import fact_from, known_kinds, payload_of
from handrail.events.partitions import ensure
from handrail.events.queries import facts_about
from handrail.kit import faults

NINE = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class LampLit(Fact):
    """Somebody lit the lamp of the harbour."""

    about: ClassVar[str] = "lamp_id"
    lamp_id: UUID
    keeper: str | None


@dataclass(frozen=True, kw_only=True)
class Doused(Fact):
    """The lamp went out."""

    about: ClassVar[str] = "lamp_id"
    lamp_id: UUID


LIT = LampLit(lamp_id=uuid4(), keeper="Omar", at=NINE)


def test_a_published_fact_can_be_read_back_as_it_was(db):
    with transaction.atomic():
        publish(LIT)

    assert facts_about(LIT.lamp_id) == [LIT]


def test_a_rolled_back_verb_leaves_no_fact(db):
    with transaction.atomic():
        publish(LIT)
        transaction.set_rollback(True)

    assert facts_about(LIT.lamp_id) == []


def test_many_facts_published_at_once_are_told_in_their_order(db):
    lit = [LampLit(lamp_id=LIT.lamp_id, keeper=name, at=NINE) for name in ("Omar", "Nadia", None)]

    publish_all(lit)

    assert facts_about(LIT.lamp_id) == lit


def test_a_reaction_may_take_the_facts_of_one_publishing_together(db):
    heard: list[list[Doused]] = []
    reacts_to(Doused, together=True)(heard.append)
    doused = [Doused(lamp_id=uuid4(), at=NINE) for _ in range(3)]

    publish_all([LIT, *doused])
    publish(doused[0])

    assert heard == [doused, doused[:1]]


@pytest.mark.django_db(transaction=True)
def test_publishing_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        publish(LIT)


@pytest.mark.parametrize("point", ["events.after-fact", "events.after-reactions"])
def test_a_fault_while_publishing_leaves_no_fact(db, point):
    with faults.ordered(f"{point}:1:raise"), pytest.raises(faults.Fault), transaction.atomic():
        publish(LIT)

    assert facts_about(LIT.lamp_id) == []


@pytest.mark.parametrize("statement", ["UPDATE events_fact SET kind = 'x'", "DELETE FROM events_fact"])
def test_the_table_of_facts_refuses_to_be_rewritten(db, statement):
    publish(LIT)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert facts_about(LIT.lamp_id) == [LIT]


def test_a_new_month_takes_its_facts_from_the_default_partition(db):
    publish(LIT)

    ensure(first=date(2026, 11, 1), last=date(2027, 1, 5))

    assert facts_about(LIT.lamp_id) == [LIT]
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM events_fact")
        assert cursor.fetchall() == [("events_fact_2026_11",)]


def test_a_later_version_may_add_fields_that_this_one_ignores():
    assert fact_from(LIT.kind, {**payload_of(LIT), "colour": "teal"}) == LIT


def test_every_kind_of_fact_has_a_name_of_its_room():
    assert known_kinds()["events.tests.LampLit"] is LampLit
    assert all(issubclass(kind, Fact) for kind in known_kinds().values())

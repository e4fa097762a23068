"""The sums beside the views: kept by the database, exact whatever happens to tickets."""

import random

import pytest
from django.db import connection

from handrail.tickets import checks, tallying
from handrail.tickets.models import Tally, Ticket
from tests.cast import NINE

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(write):
    """A ticket with this subject."""
    return lambda subject: (
        write(subject=subject, external_id=f"{subject.replace(' ', '-')}@tally.example").ticket
    )


def test_tickets_that_come_change_and_go_are_tallied(nadia, omar, house, ticket):
    parcel, other = ticket("parcel"), ticket("other")
    parcel.assign(nadia, by=nadia, at=NINE)
    other.close(by=nadia, reason="solved", at=NINE)
    parcel.prioritise(Ticket.Priority.URGENT, by=nadia, at=NINE)
    parcel.assign(omar, by=nadia, at=NINE)
    other.reopen(by=nadia, at=NINE)

    assert tallying.wrong_by() == 0
    assert sum(Tally.objects.values_list("number", flat=True)) == 2

    Ticket.objects.filter(pk=other.pk).update(owner=None, status="spam")

    assert tallying.wrong_by() == 0
    assert sum(Tally.objects.values_list("number", flat=True)) == 1


def test_folding_changes_no_sum_and_leaves_one_row_for_each_kind(nadia, omar, ticket, monkeypatch):
    chance, tickets = random.Random(7), [ticket(f"number {number}") for number in range(6)]
    for _turn in range(30):
        chance.choice(tickets).assign(chance.choice([nadia, omar]), by=nadia, at=NINE)
    before = sum(Tally.objects.values_list("number", flat=True))
    monkeypatch.setattr(tallying, "FOLDED_FROM", 5)

    tallying.fold_when_many(NINE)

    kinds = Tally.objects.values_list("brand", "team", "owner", "status", "stage", "priority", "channel")
    assert len(kinds) == len(set(kinds))
    assert all(number > 0 for number in Tally.objects.values_list("number", flat=True))
    assert (sum(Tally.objects.values_list("number", flat=True)), tallying.wrong_by()) == (before, 0)


def test_a_few_rows_are_left_as_they_are(ticket):
    ticket("parcel")
    rows = set(Tally.objects.values_list("id", flat=True))

    tallying.fold_when_many(NINE)

    assert set(Tally.objects.values_list("id", flat=True)) == rows


def test_the_doctor_finds_sums_that_are_wrong_and_counts_anew(ticket):
    ticket("parcel")
    assert checks.counts_are_exact().is_fine
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tickets_tally SET number = number + 3")

    assert "wrong by 3" in checks.counts_are_exact().said

    tallying.recount()

    assert checks.counts_are_exact().is_fine


def test_a_change_of_what_is_not_told_apart_adds_no_row(nadia, ticket):
    parcel = ticket("parcel")
    rows = Tally.objects.count()

    parcel.change(at=NINE, subject="Another word", snippet="for it")

    assert Tally.objects.count() == rows

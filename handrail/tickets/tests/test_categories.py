"""What the categories of a status mean: work, or done."""

import pytest
from django.db import IntegrityError, transaction

from handrail.events import Fact
from handrail.events.queries import facts_about
from handrail.tickets.events import (
    StatusChanged,
    TicketHeld,
    TicketMarkedSpam,
    TicketReopened,
    TicketSolved,
    TicketTakenUp,
)
from handrail.tickets.models import Closure, Hold, Ticket
from handrail.tickets.queries import history_of, tickets_of_person
from tests.cast import NINE

Status = Ticket.Status


def test_every_category_is_either_work_or_done():
    assert sorted(Ticket.LIVE + Ticket.DONE) == sorted(Status.values)


def test_a_solved_ticket_is_done_and_an_answer_takes_it_up_again(nadia, lost_parcel, write):
    lost_parcel.solve(by=nadia, at=NINE)
    assert (lost_parcel.status, lost_parcel.waiting_since) == (Status.SOLVED, None)
    assert (lost_parcel.closure.by, lost_parcel.closure.reason) == (nadia, "solved")

    write(lost_parcel, external_id="second@nordlys.example")

    lost_parcel.refresh_from_db()
    assert lost_parcel.status == Status.OPEN
    assert not Closure.objects.exists()
    kinds: list[type[Fact]] = [TicketSolved, TicketReopened]
    assert facts_about(lost_parcel.pk, kinds=kinds) == [
        TicketSolved(ticket_id=lost_parcel.pk, by_agent_id=nadia.pk, reason="solved", at=NINE),
        TicketReopened(ticket_id=lost_parcel.pk, by_agent_id=None, at=lost_parcel.updated_at),
    ]


def test_a_robots_word_leaves_a_solved_ticket_alone(nadia, lost_parcel, write):
    lost_parcel.solve(by=nadia, at=NINE)

    write(lost_parcel, external_id="away@nordlys.example", automatic="auto-reply")

    lost_parcel.refresh_from_db()
    assert lost_parcel.status == Status.SOLVED


def test_a_solved_ticket_can_be_closed_with_another_reason(nadia, omar, lost_parcel):
    lost_parcel.solve(by=nadia, at=NINE)

    lost_parcel.close(by=omar, reason="Delivered", at=NINE)

    assert lost_parcel.status == Status.CLOSED
    assert (Closure.objects.get().by, Closure.objects.get().reason) == (omar, "Delivered")


def test_a_ticket_on_hold_keeps_its_wait_and_says_why(nadia, lost_parcel):
    lost_parcel.hold(by=nadia, reason="Customs", at=NINE)

    assert lost_parcel.status == Status.HOLD
    assert lost_parcel.waiting_since == NINE
    assert lost_parcel.held.reason == "Customs"
    assert facts_about(lost_parcel.pk, kinds=[StatusChanged, TicketHeld]) == [
        StatusChanged(ticket_id=lost_parcel.pk, was="new", now="hold", at=NINE),
        TicketHeld(ticket_id=lost_parcel.pk, by_agent_id=nadia.pk, reason="Customs", at=NINE),
    ]
    with pytest.raises(Ticket.AlreadyHeld):
        lost_parcel.hold(by=nadia, reason="Again", at=NINE)


def test_what_takes_a_ticket_up_ends_its_hold(nadia, lost_parcel, write):
    lost_parcel.hold(by=nadia, reason="Customs", at=NINE)
    lost_parcel.take_up(by=nadia, at=NINE)
    assert lost_parcel.status == Status.OPEN
    with pytest.raises(Ticket.NotHeld):
        lost_parcel.take_up(by=nadia, at=NINE)

    lost_parcel.hold(by=nadia, reason="Customs again", at=NINE)
    write(lost_parcel, external_id="second@nordlys.example")

    lost_parcel.refresh_from_db()
    assert lost_parcel.status == Status.OPEN
    assert not Hold.objects.exists()
    assert len(facts_about(lost_parcel.pk, kinds=[TicketTakenUp])) == 1


def test_a_hold_needs_a_reason(nadia, lost_parcel):
    with pytest.raises(IntegrityError), transaction.atomic():
        lost_parcel.hold(by=nadia, reason="", at=NINE)


def test_spam_is_done_and_can_be_opened_again_when_it_was_none(nadia, lost_parcel):
    lost_parcel.mark_spam(by=nadia, at=NINE)
    assert (lost_parcel.status, lost_parcel.closure.reason) == (Status.SPAM, "spam")
    assert [type(fact) for fact in facts_about(lost_parcel.pk, kinds=[TicketMarkedSpam])] == [
        TicketMarkedSpam
    ]

    lost_parcel.reopen(by=nadia, at=NINE)

    assert lost_parcel.status == Status.OPEN
    assert not Closure.objects.exists()


def test_a_merged_ticket_stays_merged_whatever_happens_on_it(nadia, lost_parcel, write):
    other = write(external_id="other@nordlys.example").ticket
    assert lost_parcel.turn(Status.MERGED, merged_into_id=other.pk, at=NINE)

    write(lost_parcel, external_id="second@nordlys.example")
    lost_parcel.refresh_from_db()

    for verb in (lost_parcel.close, lost_parcel.hold):
        with pytest.raises((Ticket.AlreadyClosed, Ticket.AlreadyHeld)):
            verb(by=nadia, reason="Delivered", at=NINE)
    with pytest.raises(Ticket.NotClosed):
        lost_parcel.reopen(by=nadia, at=NINE)
    lost_parcel.refresh_from_db()
    assert (lost_parcel.status, lost_parcel.waiting_since) == (Status.MERGED, None)
    assert facts_about(lost_parcel.pk, kinds=[TicketReopened]) == []
    assert lost_parcel.turn(Status.OPEN, leaving=(Status.MERGED,), merged_into_id=None, at=NINE)


@pytest.mark.parametrize("status", sorted(set(Ticket.DONE) - {"merged"}))
def test_nobody_waits_on_a_ticket_that_is_done(lost_parcel, status):
    lost_parcel.turn(Status(status), at=NINE)

    assert lost_parcel.waiting_since is None
    with pytest.raises(IntegrityError), transaction.atomic():
        lost_parcel.change(at=NINE, waiting_since=NINE)


@pytest.mark.parametrize("status", sorted(set(Status.values) - {"merged"}))
def test_live_tickets_are_those_that_are_still_work(lost_parcel, status):
    lost_parcel.turn(Status(status), at=NINE)

    assert Ticket.objects.live().filter(pk=lost_parcel.pk).exists() == (status in Ticket.LIVE)


def test_the_history_of_a_customer_parts_work_from_what_is_done(nadia, vera, lost_parcel, write):
    done = write(external_id="other@nordlys.example").ticket
    done.solve(by=nadia, at=NINE)

    history = history_of(vera.pk, agent=nadia)

    assert [row.number for row in history.open] == [lost_parcel.number]
    assert [row.number for row in history.earlier] == [done.number]
    assert len(tickets_of_person(vera.pk, agent=nadia)) == 2


def test_an_answer_that_is_taken_back_from_a_solved_ticket_opens_it(nadia, lost_parcel):
    message = lost_parcel.reply(text="Solved", by=nadia, undo=NINE - NINE.replace(hour=8), at=NINE)
    lost_parcel.solve(by=nadia, at=NINE)

    lost_parcel.withdraw(message, by=nadia, at=NINE)

    assert (lost_parcel.status, lost_parcel.waiting_since) == (Status.OPEN, NINE)
    assert not Closure.objects.exists()

"""Answering, once, and taking an answer back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from handrail.tickets.models import Message, Ticket
from tests.cast import NINE


def test_an_answer_makes_the_ticket_wait_for_the_customer(nadia, lost_parcel):
    message = lost_parcel.reply(text="It is in the van.", by=nadia, at=NINE)

    assert message.delivery == Message.Delivery.QUEUED
    assert lost_parcel.status == Ticket.Status.WAITING
    assert lost_parcel.waiting_since is None


def test_R_017_the_same_key_again_makes_no_second_answer(nadia, lost_parcel):
    key = uuid4()

    first = lost_parcel.reply(text="It is in the van.", by=nadia, key=key, at=NINE)
    again = lost_parcel.reply(text="It is in the van.", by=nadia, key=key, at=NINE)

    assert again == first
    assert lost_parcel.messages.filter(kind="reply").count() == 1


def test_R_058_who_writes_while_a_message_comes_in_is_told_and_nothing_is_lost(nadia, lost_parcel, write):
    seen = lost_parcel.messages.get().pk
    newer = write(lost_parcel, text="Never mind, it is here!")

    with pytest.raises(Ticket.NewerMessage) as told:
        lost_parcel.reply(text="I look for it.", by=nadia, seen=seen, at=NINE)

    assert told.value.args == (newer,)
    assert lost_parcel.messages.filter(kind="reply").count() == 0


def test_an_answer_can_be_withdrawn_while_its_time_runs(nadia, lost_parcel):
    message = lost_parcel.reply(text="Oops", by=nadia, at=NINE, undo=timedelta(seconds=10))

    lost_parcel.withdraw(message, by=nadia, at=NINE + timedelta(seconds=9))

    assert lost_parcel.messages.count() == 1
    assert (lost_parcel.status, lost_parcel.waiting_since) == (Ticket.Status.OPEN, NINE)


def test_an_answer_cannot_be_withdrawn_when_its_time_is_over(nadia, lost_parcel):
    message = lost_parcel.reply(text="Oops", by=nadia, at=NINE, undo=timedelta(seconds=10))

    with pytest.raises(Ticket.AlreadySent):
        lost_parcel.withdraw(message, by=nadia, at=NINE + timedelta(seconds=11))

    assert lost_parcel.messages.count() == 2


def test_a_note_leaves_the_customer_waiting_and_is_never_delivered(nadia, lost_parcel):
    note = lost_parcel.note(text="Ask depot 7.", by=nadia, at=NINE)

    assert note.delivery == Message.Delivery.NONE
    assert lost_parcel.waiting_since == NINE

"""Closing and opening again."""

import pytest
from django.db import IntegrityError, transaction

from handrail.events.queries import facts_about
from handrail.tickets.events import TicketClosed
from handrail.tickets.models import Closure, Ticket
from tests.cast import NINE


def test_closing_ends_the_wait_and_remembers_who_and_why(nadia, lost_parcel):
    lost_parcel.close(by=nadia, reason="Delivered", at=NINE)

    assert lost_parcel.status == Ticket.Status.CLOSED
    assert lost_parcel.waiting_since is None
    assert (lost_parcel.closure.by, lost_parcel.closure.reason) == (nadia, "Delivered")
    assert facts_about(lost_parcel.pk, kinds=[TicketClosed]) == [
        TicketClosed(ticket_id=lost_parcel.pk, by_agent_id=nadia.pk, reason="Delivered", at=NINE)
    ]


def test_R_058_of_two_agents_who_close_at_once_one_is_told(nadia, omar, lost_parcel):
    same_ticket = Ticket.objects.get(pk=lost_parcel.pk)
    lost_parcel.close(by=nadia, reason="Delivered", at=NINE)

    with pytest.raises(Ticket.AlreadyClosed):
        same_ticket.close(by=omar, reason="Duplicate", at=NINE)

    assert Closure.objects.get().reason == "Delivered"


def test_a_closed_ticket_can_be_opened_again(nadia, lost_parcel):
    lost_parcel.close(by=nadia, reason="Delivered", at=NINE)

    lost_parcel.reopen(by=nadia, at=NINE)

    assert lost_parcel.status == Ticket.Status.OPEN
    assert not Closure.objects.exists()


def test_a_closure_needs_a_reason(nadia, lost_parcel):
    with pytest.raises(IntegrityError), transaction.atomic():
        lost_parcel.close(by=nadia, reason="", at=NINE)

    lost_parcel.refresh_from_db()
    assert lost_parcel.status == Ticket.Status.NEW


def test_an_open_ticket_cannot_be_opened(nadia, lost_parcel):
    with pytest.raises(Ticket.NotClosed):
        lost_parcel.reopen(by=nadia, at=NINE)

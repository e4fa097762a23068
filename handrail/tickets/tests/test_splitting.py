"""Splitting: a part of a ticket becomes a ticket of its own, and comes back when that was wrong."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from handrail.tickets import merging, splitting
from handrail.tickets.inbound import InboundFile
from handrail.tickets.models import Link, Message, Ticket
from handrail.tickets.queries import found_ids
from handrail.tickets.splitting import Part
from tests.cast import NINE

VERA = ("Vera Lindqvist", "vera@nordlys.example")


def after(minutes):
    return NINE + timedelta(minutes=minutes)


@pytest.fixture
def invoice(write, lost_parcel):
    """On the same ticket Vera asks about an invoice, which hangs on it."""
    file = InboundFile(
        name="invoice.pdf", type="application/pdf", content=b"%PDF-1.4", inline=False, content_id=None
    )
    words = "And the invoice is wrong."
    return write(ticket=lost_parcel, text=words, reply_text=words, files=(file,), external_id="inv@x")


def part_of(house, *messages, files=(), requester=VERA, subject="The invoice"):
    return Part(
        messages=[each.pk for each in messages],
        files=files,
        subject=subject,
        requester=requester,
        team=house.billing,
    )


def words_on(ticket):
    return list(Message.objects.filter(ticket=ticket.pk).order_by("id").values_list("text", flat=True))


def test_messages_become_a_linked_ticket_of_their_own(nadia, house, lost_parcel, invoice):
    part = splitting.split(lost_parcel, part_of(house, invoice), by=nadia, at=after(5)).part

    assert (part.subject, part.team, part.requester) == ("The invoice", house.billing, lost_parcel.requester)
    assert words_on(part) == ["And the invoice is wrong."]
    assert len(words_on(lost_parcel)) == 1
    assert list(part.participants.values_list("address", "part")) == [("vera@nordlys.example", "requester")]
    assert (part.waiting_since, part.status) == (NINE, "new")
    assert {Link.objects.get().source_id, Link.objects.get().target_id} == {part.pk, lost_parcel.pk}
    assert found_ids("invoice wrong", agent=nadia, limit=5) == [part.pk]


def test_a_file_goes_on_a_note_while_its_message_stays(nadia, house, lost_parcel, invoice):
    file = invoice.attachments.get()

    part = splitting.split(lost_parcel, part_of(house, files=[file.pk]), by=nadia, at=after(5)).part

    note = part.messages.get()
    assert (note.kind, note.attachments.get().stored) == (Message.Kind.NOTE, file.stored)
    assert invoice.attachments.get() == file
    assert len(words_on(lost_parcel)) == 2


def test_what_makes_no_sense_is_refused(nadia, lena, piet, house, lost_parcel, invoice, write):
    first, foreign = lost_parcel.messages.order_by("id").first(), write(external_id="other@x")

    for chosen, error in (
        (part_of(house), splitting.NothingChosen),
        (part_of(house, first, invoice), splitting.NothingLeft),
        (part_of(house, foreign), Message.DoesNotExist),
    ):
        with pytest.raises(error):
            splitting.split(lost_parcel, chosen, by=nadia, at=after(5))
    with pytest.raises(PermissionDenied):
        splitting.split(lost_parcel, part_of(house, invoice), by=lena, at=after(5))


def test_S_020_a_split_of_an_unseen_ticket_is_as_if_there_were_none(piet, house, lost_parcel, invoice):
    with pytest.raises(Ticket.DoesNotExist):
        splitting.split(lost_parcel, part_of(house, invoice), by=piet, at=after(5))


def test_undo_puts_everything_back(nadia, house, lost_parcel, invoice):
    before = list(Message.objects.order_by("id").values())
    split = splitting.split(
        lost_parcel, part_of(house, invoice, requester=("Tom", "tom@akande.example")), by=nadia, at=after(5)
    )

    splitting.undo(split, by=nadia, at=after(6))

    assert list(Message.objects.order_by("id").values()) == before
    part = Ticket.objects.get(pk=split.part_id)
    assert (part.status, part.survivor()) == ("merged", lost_parcel)
    with pytest.raises(merging.UndoneAlready):
        splitting.undo(split, by=nadia, at=after(7))
    with pytest.raises(merging.PartOfIt):
        merging.undo(part.merges.get(), by=nadia, at=after(7))


def test_what_was_written_on_the_part_comes_back_with_it(nadia, house, write, lost_parcel, invoice):
    split = splitting.split(lost_parcel, part_of(house, invoice), by=nadia, at=after(5))
    write(ticket=split.part, text="Thanks", reply_text="Thanks")

    splitting.undo(split, by=nadia, at=after(6))

    assert words_on(lost_parcel)[1:] == ["And the invoice is wrong.", "Thanks"]
    assert write(ticket=split.part, text="One more").ticket == lost_parcel

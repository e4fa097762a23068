"""What happens when somebody writes."""

from datetime import timedelta

from handrail.events.queries import facts_about
from handrail.search.queries import owners_matching
from handrail.tickets.events import MessageReceived, StatusChanged, TicketOpened, TicketReopened
from handrail.tickets.models import Message, Participant, Ticket
from tests.cast import NINE, VERA_WRITES


def test_a_first_message_opens_a_ticket_with_its_history(house, lost_parcel):
    assert lost_parcel.status == Ticket.Status.NEW
    assert lost_parcel.subject == "Where is my parcel?"
    assert lost_parcel.requester.name == "Vera Lindqvist"
    assert lost_parcel.waiting_since == NINE
    assert [type(fact) for fact in facts_about(lost_parcel.pk)] == [TicketOpened, MessageReceived]


def test_numbers_rise_from_ticket_to_ticket(lost_parcel, write):
    assert write(subject="Another").ticket.number > lost_parcel.number


def test_the_customers_next_word_reopens_a_closed_ticket(nadia, lost_parcel, write):
    lost_parcel.close(by=nadia, reason="Delivered", at=NINE)

    write(lost_parcel, text="It is still not here")

    lost_parcel.refresh_from_db()
    assert lost_parcel.status == Ticket.Status.OPEN
    assert lost_parcel.waiting_since == NINE
    assert [type(fact) for fact in facts_about(lost_parcel.pk)][-3:] == [
        StatusChanged,
        TicketReopened,
        MessageReceived,
    ]


def test_a_robots_word_neither_reopens_nor_starts_a_wait(nadia, lost_parcel, write):
    lost_parcel.close(by=nadia, reason="Delivered", at=NINE)

    write(lost_parcel, text="I am on holiday", automatic="auto-reply")

    lost_parcel.refresh_from_db()
    assert lost_parcel.status == Ticket.Status.CLOSED
    assert lost_parcel.messages.count() == 2


def test_a_third_partys_word_is_kept_but_makes_them_no_participant(lost_parcel, write):
    message = write(lost_parcel, address="stranger@else.example", name="Stranger")

    assert message.ticket == lost_parcel
    assert list(Participant.objects.values_list("address", flat=True)) == ["vera@nordlys.example"]
    assert lost_parcel.requester.name == "Vera Lindqvist"


def test_people_in_copy_take_part_up_to_a_limit(house, write):
    copied = tuple((f"Person {n}", f"p{n}@many.example") for n in range(60))

    ticket = write(cc=copied).ticket

    assert ticket.participants.count() == 21
    assert len(ticket.messages.get().cc) == 60


def test_files_are_stored_with_their_real_type(house, write):
    from handrail.tickets.inbound import InboundFile

    liar = InboundFile(
        name="../../photo.html",
        type="text/html",
        content=b"\x89PNG\r\n\x1a\n" + b"0" * 40,
        inline=False,
        content_id=None,
    )

    attachment = write(files=(liar,)).attachments.get()

    assert (attachment.stored.name, attachment.stored.type) == ("photo.html", "image/png")


def test_waiting_counts_from_the_oldest_unanswered_message(lost_parcel):
    from handrail.tickets.receiving import receive

    later = receive(VERA_WRITES, brand=lost_parcel.brand, ticket=lost_parcel, at=NINE + timedelta(hours=2))

    assert later.ticket.waiting_since == NINE
    assert later.kind == Message.Kind.CUSTOMER


def test_a_message_can_be_searched_as_soon_as_it_is_there(lost_parcel):
    assert owners_matching("out for deliv", kinds=["message"]) == [lost_parcel.pk]


def test_a_note_is_found_among_notes_only(nadia, lost_parcel):
    lost_parcel.note(text="The scanner at depot seven fails", by=nadia, at=NINE)

    assert owners_matching("scanner", kinds=["note"]) == [lost_parcel.pk]
    assert owners_matching("scanner", kinds=["message"]) == []

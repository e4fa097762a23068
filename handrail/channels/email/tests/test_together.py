"""Mails of a batch that open tickets are settled together; what may belong together, one after the other."""

import pytest

from handrail.channels.email import inbound, together
from handrail.channels.email.models import RawMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.kit import drains, faults
from handrail.tickets.models import Message, Ticket


def strangers(count: int) -> list[bytes]:
    return [
        a_mail(
            **{"from": f"P{number} <p{number}@nordlys.example>"},
            message_id=f"<{number}@nordlys.example>",
            subject=f"Parcel {number} is late",
        )
        for number in range(count)
    ]


def test_strangers_open_their_tickets_in_a_few_statements(db, deliver, django_assert_max_num_queries):
    for raw in strangers(30):
        deliver(raw)

    with django_assert_max_num_queries(60):
        drains.empty("raw_mail")

    assert Ticket.objects.count() == 30
    assert RawMail.objects.filter(state="done", fingerprint__isnull=False).count() == 30


def test_an_answer_in_the_same_batch_finds_the_ticket_its_question_opens(db, deliver):
    deliver(a_mail())
    deliver(
        a_mail(
            message_id="<second@nordlys.example>", subject="Re: Where", in_reply_to="<first@nordlys.example>"
        )
    )

    drains.empty("raw_mail")

    assert Message.objects.count() == 2
    assert Ticket.objects.count() == 1


def test_the_same_mail_twice_in_one_batch_is_one_message(db, deliver):
    first, second = deliver(a_mail()), deliver(a_mail())

    drains.empty("raw_mail")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("done", "duplicate")
    assert first.message_id == second.message_id


def test_one_that_cannot_be_kept_sends_all_of_them_their_own_way(db, deliver):
    for raw in strangers(3):
        deliver(raw)

    with faults.ordered("intake.after-opening:1:raise"):
        drains.empty("raw_mail")

    assert set(RawMail.objects.values_list("state", flat=True)) == {"done"}
    assert Ticket.objects.count() == 3


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "RE: Parcel 0 is late"},
        {"from": "P0@nordlys.example"},
        {"references": "<0@nordlys.example>"},
    ],
)
def test_a_mail_with_writer_subject_or_id_in_common_waits_its_turn(change):
    own = {"from": "new@nordlys.example", "message_id": "<new@nordlys.example>", "subject": "New"}
    found = together.unrelated([_opened(strangers(1)[0]), _opened(a_mail(**(own | change)))])

    assert len(found) == 1


def _opened(raw: bytes) -> together.Opened:
    return together.Opened(mail=RawMail(), read=inbound.read(raw), fingerprint=raw[:32])

"""With a ticket that is removed for good go its mails: as they came, as they left, and whom they went to."""

from datetime import timedelta

from handrail.channels.email import soundness
from handrail.channels.email.models import Delivery, OutgoingMail, RawMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.kit import clock
from handrail.tickets import purging
from handrail.tickets.models import Deletion, Message


def _purged(ticket, by):
    Message.objects.filter(ticket=ticket, delivery="queued").update(delivery="sent")
    ticket.trash(by=by, reason="asked-to", at=clock.now())
    Deletion.objects.update(at=clock.now() - timedelta(days=40))
    purging.purge_some(at=clock.now())


def test_nothing_of_them_is_left_and_the_doctor_misses_nothing(support, arrive, iris):
    mail = arrive(a_mail())
    ticket = Message.objects.get(pk=mail.message_id).ticket
    ticket.reply(text="Hello Vera", by=iris, at=clock.now())

    _purged(ticket, iris)

    left = RawMail.objects.get(pk=mail.pk)
    assert (bytes(left.raw), left.envelope_from, left.envelope_to, left.state) == (b"", "", [], "purged")
    assert left.findings == {}
    assert not OutgoingMail.objects.exists()
    assert not Delivery.objects.exists()
    assert soundness.every_mail_became_a_message().is_fine
    assert soundness.every_mail_is_as_it_came().is_fine


def test_what_they_answer_later_opens_a_new_ticket(support, arrive, iris):
    first = arrive(a_mail())
    ticket = Message.objects.get(pk=first.message_id).ticket
    _purged(ticket, iris)

    again = arrive(a_mail(message_id="<again@nordlys.example>", subject=f"Re: Parcel [#{ticket.number}]"))

    assert Message.objects.get(pk=again.message_id).ticket_id != ticket.pk


def test_the_same_mail_once_more_is_a_new_ticket_and_no_twin_of_nothing(support, arrive, iris):
    ticket = Message.objects.get(pk=arrive(a_mail()).message_id).ticket
    _purged(ticket, iris)

    again = arrive(a_mail())

    assert again.state == "done"
    assert Message.objects.count() == 1

"""Answers leave once, in their order, and their fate is known."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F

from handrail.channels.email import outbound, outbox
from handrail.channels.email.models import Delivery, Obstacle, OutgoingMail, Suppression
from handrail.channels.email.outbound import Address
from handrail.channels.email.tests.conftest import a_mail
from handrail.events.models import FactRow
from handrail.kit import clock, drains
from handrail.tickets.models import Message, Ticket
from tests.cast import NINE


@pytest.fixture
def answer(support, sink, lost_parcel, nadia):
    """Let Nadia answer: `answer("…")` returns the message, the mail is in the outbox."""

    def say(text: str = "It is in the van.", **more):
        return lost_parcel.reply(text=text, by=nadia, at=more.pop("at", just_now()), **more)

    return say


def just_now():
    return clock.now() - timedelta(seconds=1)


def mail_of(message: Message) -> OutgoingMail:
    return OutgoingMail.objects.get(message=message)


def later(minutes: float = 200) -> None:
    """Time passes for everything that waits."""
    past = timedelta(minutes=minutes)
    OutgoingMail.objects.update(next_try_at=F("next_try_at") - past, tried_at=F("tried_at") - past)
    Delivery.objects.update(next_try_at=F("next_try_at") - past)
    Obstacle.objects.update(until=F("until") - past, since=F("since") - past)


def of_age(message: Message, age: timedelta) -> None:
    """The answer has waited for so long."""
    OutgoingMail.objects.filter(message=message).update(due_at=clock.now() - age)


def test_an_answer_lies_in_the_outbox_in_the_transaction_that_wrote_it(answer, lost_parcel):
    with transaction.atomic():
        answer()
        transaction.set_rollback(True)
    assert OutgoingMail.objects.count() == 0

    message = answer()

    message.refresh_from_db()
    mail = mail_of(message)
    assert [each.pair for each in mail.deliveries.all()] == [("Vera Lindqvist", "vera@nordlys.example")]
    assert mail.state == "queued"
    assert mail.rfc_message_id == message.external_id
    assert message.to == [["Vera Lindqvist", "vera@nordlys.example"]]


def test_an_answer_is_sent_and_everybody_knows(answer, sink, lost_parcel):
    message = answer()

    drains.empty("outgoing")

    message.refresh_from_db()
    assert len(sink.mails) == 1
    assert (message.delivery, mail_of(message).state) == (Message.Delivery.SENT, "sent")
    told = FactRow.objects.get(kind="tickets.DeliveryChanged", subject_id=lost_parcel.pk)
    assert told.payload["state"] == "sent"


def test_an_answer_waits_until_it_can_no_longer_be_taken_back(answer, sink):
    message = answer(at=clock.now(), undo=timedelta(seconds=10))

    drains.empty("outgoing")
    assert sink.mails == []

    later(0.2)
    drains.empty("outgoing")
    assert mail_of(message).state == "sent"


def test_an_answer_taken_back_never_leaves(answer, sink, nadia, lost_parcel):
    message = answer(at=NINE, undo=timedelta(seconds=10))

    lost_parcel.withdraw(message, by=nadia, at=NINE + timedelta(seconds=5))
    drains.empty("outgoing")

    assert sink.mails == []
    assert OutgoingMail.objects.get().state == "cancelled"


def test_an_answer_that_has_begun_to_leave_cannot_be_taken_back(answer, nadia, lost_parcel):
    message = answer(at=NINE, undo=timedelta(seconds=10))
    later(0.2)
    OutgoingMail.take()

    with pytest.raises(Ticket.AlreadySent):
        lost_parcel.withdraw(message, by=nadia, at=NINE + timedelta(seconds=5))

    assert Message.objects.filter(pk=message.pk).exists()


def test_many_answers_leave_over_one_connection_in_their_order(answer, sink):
    for number in range(5):
        answer(f"Number {number}")

    drains.empty("outgoing")

    bodies = [mail.parsed.get_payload().strip() for mail in sink.mails]
    assert bodies == [f"Number {number}" for number in range(5)]
    assert sink.connections == 1


def test_R_034_while_the_server_is_away_answers_wait_visibly_and_leave_when_it_is_back(answer, sink):
    port = sink.port
    sink.stop()
    first, second = answer("First"), answer("Second")

    for _ in range(3):
        assert outbox.take_batch() == 0
    waiting = mail_of(first)
    assert (waiting.state, waiting.attempts) == ("queued", 0)
    assert "refused" in waiting.last_error

    sink.start(port)
    later(1)
    drains.empty("outgoing")

    assert [mail_of(each).state for each in (first, second)] == ["sent", "sent"]
    assert len(sink.mails) == 2


def test_R_035_a_mail_that_is_put_off_waits_longer_each_time_and_holds_up_its_own_ticket_only(
    answer, sink, write, nadia
):
    sink.answers["RCPT TO:<vera"] = "450 greylisted"
    first, second = answer("First"), answer("Second")
    other = write(address="tom@akande.example").ticket.reply(text="Hello Tom", by=nadia, at=just_now())

    drains.empty("outgoing")

    assert [mail_of(each).state for each in (first, second, other)] == ["queued", "queued", "sent"]
    assert mail_of(first).last_error == "450 greylisted"
    assert OutgoingMail.objects.filter(message=first, next_try_at__gt=clock.now()).exists()
    assert Message.objects.get(pk=first.pk).delivery == Message.Delivery.QUEUED

    sink.answers.clear()
    later()
    drains.empty("outgoing")
    assert [mail.parsed.get_payload().strip() for mail in sink.mails[1:]] == ["First", "Second"]


def test_R_035_a_mail_that_is_put_off_for_five_days_fails(answer, sink):
    sink.answers["MAIL FROM"] = "451 not today"
    message = answer()
    of_age(message, timedelta(days=5, minutes=1))

    drains.empty("outgoing")

    message.refresh_from_db()
    assert message.delivery == Message.Delivery.FAILED
    assert message.delivery_detail == "451 not today"


@pytest.mark.parametrize("where", ["MAIL FROM", "RCPT TO", "DATA"])
def test_a_lasting_refusal_fails_at_once_and_the_next_mail_leaves(answer, sink, write, nadia, where):
    message = answer()
    sink.answers[where] = "550 no such user"
    drains.empty("outgoing")
    sink.answers.clear()
    other = write(address="tom@akande.example").ticket.reply(text="Hello Tom", by=nadia, at=just_now())

    drains.empty("outgoing")

    assert (mail_of(message).state, mail_of(message).last_error) == ("failed", "550 no such user")
    assert mail_of(other).state == "sent"


def test_R_038_one_refused_recipient_does_not_keep_the_mail_from_the_others(answer, sink):
    sink.answers["RCPT TO:<gone@"] = "550 gone"
    message = answer(cc=[("Gone", "gone@nordlys.example"), ("Tom", "tom@akande.example")])

    drains.empty("outgoing")

    message.refresh_from_db()
    assert sink.mails[0].recipients == ["vera@nordlys.example", "tom@akande.example"]
    assert message.delivery == Message.Delivery.SENT
    assert message.delivery_detail == "gone@nordlys.example: 550 gone"


@pytest.mark.parametrize("end", ["hang up", "keep and hang up"])
def test_R_036_a_mail_whose_answer_was_lost_is_uncertain_and_sent_once_more_at_most(answer, sink, end):
    sink.ends = [end] * 9
    message = answer()

    drains.empty("outgoing")
    message.refresh_from_db()
    assert message.delivery == Message.Delivery.UNCERTAIN
    for _ in range(5):
        later()
        drains.empty("outgoing")

    assert sink.commands.count("DATA") == 2
    assert (mail_of(message).state, mail_of(message).next_try_at) == ("uncertain", None)
    assert {mail.parsed["Message-ID"] for mail in sink.mails} <= {f"<{mail_of(message).rfc_message_id}>"}


def test_R_036_the_one_automatic_retry_settles_it_when_it_gets_an_answer(answer, sink):
    sink.ends = ["keep and hang up", "yes"]
    message = answer()

    drains.empty("outgoing")
    later()
    drains.empty("outgoing")

    message.refresh_from_db()
    assert message.delivery == Message.Delivery.SENT
    assert len({mail.parsed["Message-ID"] for mail in sink.mails}) == 1


def test_a_connection_that_breaks_before_the_end_of_the_mail_is_no_doubt(answer, sink):
    sink.answers["DATA"] = "421 closing"
    message = answer()

    drains.empty("outgoing")

    assert (mail_of(message).state, mail_of(message).doubts) == ("queued", 0)


def test_a_person_can_let_a_failed_mail_leave_again(answer, sink, ada):
    sink.answers["RCPT"] = "550 mailbox full"
    message = answer()
    drains.empty("outgoing")
    sink.answers.clear()

    outbox.send_again(mail_of(message), by=ada.user, at=clock.now())
    drains.empty("outgoing")

    message.refresh_from_db()
    assert message.delivery == Message.Delivery.SENT
    with pytest.raises(OutgoingMail.NothingToSendAgain):
        outbox.send_again(mail_of(message), by=ada.user, at=clock.now())


@pytest.mark.parametrize(
    ("url", "in_the_clear"), [("smtp://relay.example", False), ("smtp://[::1]:25", True)]
)
def test_R_052_over_a_network_nothing_is_said_without_encryption(url, in_the_clear):
    assert Address.read(url).in_the_clear is in_the_clear
    assert Address.read(f"{url}?tls=no").in_the_clear


def test_R_052_a_server_that_offers_no_encryption_gets_no_mail(answer, sink, monkeypatch):
    monkeypatch.setattr(outbound, "LOOPBACK", ())
    message = answer()

    drains.empty("outgoing")

    assert "no encryption" in mail_of(message).last_error
    assert [command.split()[0].lower() for command in sink.commands] == ["ehlo"]


def test_a_password_is_read_with_its_signs():
    address = Address.read("smtp://desk%40x:p%3Aa%2Fs%40@relay.example:587")

    assert (address.user, address.password, address.port) == ("desk@x", "p:a/s@", 587)


def test_an_answer_of_a_brand_without_a_mailbox_fails_with_its_reason(lost_parcel, nadia, sink):
    message = lost_parcel.reply(text="Hello", by=nadia, at=NINE)

    drains.empty("outgoing")

    message.refresh_from_db()
    assert message.delivery == Message.Delivery.FAILED
    assert "mailbox" in message.delivery_detail


def test_an_answer_to_somebody_without_an_address_fails_with_its_reason(support, nadia, sink, arrive):
    ticket = Message.objects.get(pk=arrive(a_mail(**{"from": ""})).message_id).ticket
    message = ticket.reply(text="Who are you?", by=nadia, at=just_now())

    drains.empty("outgoing")

    message.refresh_from_db()
    assert (message.to, message.delivery) == ([], Message.Delivery.FAILED)
    assert sink.mails == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_P_03_a_sender_killed_beside_its_mail_makes_one_copy_at_most(
    answer, sink, desk_process, settings, moment
):
    message = answer()
    url = settings.MAIL_URL

    died = [desk_process(DYING.format(moment=moment), HANDRAIL_MAIL_URL=url).wait(timeout=120)]
    for _ in range(3):
        later(1)
        drains.empty("outgoing")

    assert died == [-9]
    assert mail_of(message).state == "sent"
    assert len(sink.mails) == (2 if moment == "after" else 1)
    assert len({mail.parsed["Message-ID"] for mail in sink.mails}) == 1


@pytest.mark.django_db(transaction=True)
def test_P_03_a_sender_killed_twice_leaves_the_mail_to_a_person(answer, sink, desk_process, settings):
    message = answer()

    for _ in range(2):
        desk_process(DYING.format(moment="after"), HANDRAIL_MAIL_URL=settings.MAIL_URL).wait(timeout=120)
        later(1)
    drains.empty("outgoing")

    message.refresh_from_db()
    assert message.delivery == Message.Delivery.UNCERTAIN
    assert len(sink.mails) == 2


DYING = """
import os, signal
from handrail.channels.email.outbound import Server
from handrail.kit import drains
send = Server.send

def dying(self, mail):
    if "{moment}" == "after":
        send(self, mail)
    os.kill(os.getpid(), signal.SIGKILL)

Server.send = dying
drains.empty("outgoing")
"""


@pytest.mark.parametrize("said", ["550 5.1.1 nobody here", ""])
def test_nothing_goes_to_a_blocked_address_and_the_servers_own_words_say_why(answer, sink, house, said):
    Suppression.add(
        brand_id=house.harbour.pk,
        address="vera@nordlys.example",
        reason=Suppression.Reason.COMPLAINED,
        detail=said,
        at=NINE,
    )
    message = answer()

    drains.empty("outgoing")

    message.refresh_from_db()
    assert sink.mails == []
    assert (message.delivery, message.delivery_detail) == ("suppressed", said)

"""There and back: a customer writes, an agent answers, the customer answers that, all by real SMTP."""

import smtplib
from email import message_from_bytes
from email.utils import getaddresses

import pytest

from handrail.channels.email.models import CaughtMail, OutgoingMail, RawMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.kit import clock, drains
from handrail.tickets.models import Message, Ticket
from tests.real_mail import ham, zammad_mails

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def customer(support, running, settings):
    """Let the customer send a mail to an address of ours; it is read at once."""
    settings.MAIL_URL = f"smtp://127.0.0.1:{running.catchall_port}"

    def send(raw: bytes, to: str = "support@harbour.example") -> None:
        with smtplib.SMTP("127.0.0.1", running.port, timeout=60) as client:
            client.sendmail("vera@nordlys.example", [to], raw)
        drains.empty("raw_mail")

    return send


def test_a_conversation_by_mail_stays_on_one_ticket_and_opens_it_again(customer, nadia):
    customer(a_mail())
    ticket = Ticket.objects.get()
    ticket.reply(text="It is in the van.", html="<p>It is in the van.</p>", by=nadia, at=clock.now())
    drains.empty("outgoing")
    ticket.close(by=nadia, reason="Delivered", at=clock.now())
    answer = message_from_bytes(bytes(CaughtMail.objects.get().raw))

    reply_to = getaddresses([answer["Reply-To"]])[0][1]
    customer(
        a_mail(
            subject=answer["Subject"],
            to=reply_to,
            message_id="<second@nordlys.example>",
            in_reply_to=answer["Message-ID"],
            references=f"{answer['References']} {answer['Message-ID']}",
            text="No, it is not.\r\n\r\n"
            "On Mon, 16 Nov 2026 at 09:12, Nadia at Harbour Parcels wrote:\r\n> It is in the van.\r\n",
        ),
        reply_to,
    )

    ticket.refresh_from_db()
    said = list(ticket.messages.order_by("id"))
    assert Ticket.objects.count() == 1
    assert ticket.status == Ticket.Status.OPEN
    assert [message.kind for message in said] == ["customer", "reply", "customer"]
    assert said[1].delivery == Message.Delivery.SENT
    assert said[2].reply_text == "No, it is not."
    assert answer["In-Reply-To"] == "<first@nordlys.example>"
    assert OutgoingMail.objects.get().rfc_message_id in answer["Message-ID"]


def test_every_real_mail_becomes_exactly_one_message_or_lies_with_the_spam(customer, running, support):
    mails = [*zammad_mails(), *ham(300)]

    with smtplib.SMTP("127.0.0.1", running.port, timeout=30) as client:
        for raw in mails:
            client.sendmail("somebody@outside.example", ["support@harbour.example"], raw)
    drains.empty("raw_mail")

    assert RawMail.objects.count() == len(mails)
    kept_back = RawMail.objects.exclude(state="done").values_list("state", "reason")
    assert set(kept_back) == {("spam", "report-of-nothing"), ("spam", "looks-like-spam")}
    assert len(kept_back) < 15, "advertisements and reports on nobody's mail"
    done = RawMail.objects.filter(state="done")
    assert Message.objects.count() == done.count()
    assert done.order_by().values("message_id").distinct().count() == done.count()


def test_the_catch_all_sends_nothing_back_into_the_desk(customer, nadia):
    customer(a_mail())
    Ticket.objects.get().reply(text="Hello", by=nadia, at=clock.now())
    drains.empty("outgoing")

    drains.empty("raw_mail")

    assert CaughtMail.objects.count() == 1
    assert Message.objects.count() == 2

"""No loops: people are acknowledged, robots never, and nobody too often."""

import time
from datetime import datetime, timedelta

import pytest

from handrail.channels.email import dispatching, inbound, limits, tokens
from handrail.channels.email.models import AutoAnswer, Dispatch, EmailAccount, OutgoingMail, RawMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.events.models import FactRow
from handrail.kit import drains
from handrail.tickets.models import Message, Ticket
from tests.cast import NINE

WORDS = {"en": "Thank you, we have your message.", "de": "Danke, Ihre Nachricht ist da."}


@pytest.fixture
def answering(support, ada):
    """A mailbox that answers at once."""
    AutoAnswer.of(support).write(texts=WORDS, is_on=True, by=ada.user, at=NINE)
    return support


@pytest.fixture
def ticket(support, arrive) -> Ticket:
    return Message.objects.get(pk=arrive(a_mail()).message_id).ticket


def _acknowledged() -> int:
    return Dispatch.objects.count()


def test_a_person_who_opens_a_ticket_is_acknowledged_once(answering, arrive):
    arrive(a_mail())

    dispatch = Dispatch.objects.get()
    mail = OutgoingMail.objects.get(dispatch=dispatch)
    assert (dispatch.text, dispatch.automatic, dispatch.answers) == (
        WORDS["en"],
        True,
        "first@nordlys.example",
    )
    assert list(mail.deliveries.values_list("address", flat=True)) == ["vera@nordlys.example"]
    assert "parcel" not in dispatch.subject.lower(), "nothing that the sender wrote goes back"


def test_the_acknowledgement_speaks_the_senders_language(answering, arrive):
    arrive(
        a_mail(content_language="de", text="Guten Tag, wo bleibt mein Paket? Es sollte gestern kommen.\r\n")
    )

    assert Dispatch.objects.get().text == WORDS["de"]


def test_a_mailbox_without_words_is_silent(support, arrive):
    arrive(a_mail())

    assert _acknowledged() == 0


def test_a_second_mail_on_the_ticket_is_not_acknowledged(answering, arrive):
    arrive(a_mail())
    arrive(a_mail(message_id="<2@nordlys.example>", in_reply_to="<first@nordlys.example>"))

    assert _acknowledged() == 1


@pytest.mark.parametrize(
    "robot",
    [
        {"auto_submitted": "auto-replied"},
        {"auto_submitted": "auto-generated"},
        {"precedence": "bulk"},
        {"list_id": "<news.nordlys.example>"},
        {"return_path": "<>"},
        {"from": "no-reply@nordlys.example"},
        {"from": "MAILER-DAEMON@nordlys.example"},
        {"subject": "Automatic reply: Where is my parcel?"},
        {"x_auto_response_suppress": "OOF, AutoReply"},
        {"from": "", "reply_to": "vera@nordlys.example"},
    ],
    ids=str,
)
def test_R_030_robots_lists_and_who_wants_none_get_no_acknowledgement(answering, robot, arrive):
    arrive(a_mail(**robot))

    assert _acknowledged() == 0


@pytest.mark.parametrize("person", [{"x_auto_response_suppress": "All"}, {"precedence": "bulk"}], ids=str)
def test_R_030_an_exchange_person_and_a_list_open_a_ticket_all_the_same(answering, person, arrive):
    arrive(a_mail(**person))

    assert Ticket.objects.count() == 1


def test_an_empty_envelope_sender_is_never_answered(answering, deliver):
    mail = deliver(a_mail())
    RawMail.objects.filter(pk=mail.pk).update(envelope_from="")

    drains.empty("raw_mail")

    assert (Ticket.objects.count(), _acknowledged()) == (1, 0)


def test_R_028_two_of_our_instances_that_mail_each_other_stop_after_one_word(answering, arrive):
    """What the other side's acknowledgement looks like is what ours does."""
    arrive(a_mail())
    theirs = {"auto_submitted": "auto-replied", "x_auto_response_suppress": "All", "return_path": "<>"}

    for number in range(5):
        arrive(a_mail(message_id=f"<{number}@nordlys.example>", subject=f"We have it #{number}", **theirs))

    assert _acknowledged() == 1


def test_R_028_what_we_send_by_ourselves_says_so_and_cannot_come_back(answering, arrive, sink):
    arrive(a_mail())

    drains.empty("outgoing")

    (mail,) = sink.mails
    assert mail.parsed["Auto-Submitted"] == "auto-replied"
    assert mail.parsed["X-Auto-Response-Suppress"] == "All"
    assert mail.sender == ""


def test_R_028_one_address_gets_at_most_three_in_an_hour(answering, arrive):
    for number in range(6):
        arrive(a_mail(message_id=f"<{number}@nordlys.example>", subject=f"Matter {number}"))
    assert _acknowledged() == 3

    later = NINE + timedelta(hours=2)
    arrive(a_mail(message_id="<l@nordlys.example>", subject="Later"), at=later)
    assert _acknowledged() == 4


def test_R_028_a_thread_gets_at_most_three_automatic_mails_an_hour_whoever_reads_them(answering, ticket):
    def tell(number: int, at: datetime = NINE) -> OutgoingMail:
        whom = ("", f"bounce-{number}@robots.example")
        return dispatching.acknowledge(ticket, account=answering, to=whom, subject="Hello", text="Hi", at=at)

    already = Dispatch.objects.filter(ticket=ticket).count()
    for number in range(already, 3):
        tell(number)
    with pytest.raises(dispatching.TooOften):
        tell(4)

    assert Dispatch.objects.filter(ticket=ticket).count() == limits.AUTOMATIC_ON_TICKET == 3
    assert tell(5, at=NINE + timedelta(hours=2))


def test_R_028_where_a_thread_has_enough_the_mail_still_opens_its_ticket(answering, arrive, monkeypatch):
    monkeypatch.setattr(limits, "AUTOMATIC_ON_TICKET", 0)

    came = arrive(a_mail())

    assert (came.state, Ticket.objects.count(), _acknowledged()) == ("done", 1, 0)
    assert (
        FactRow.objects.get(kind="channels.email.MailTroubleNoticed").payload["topic"] == "auto-answer-silent"
    )


def test_R_028_who_looks_after_mail_hears_once_an_hour_that_an_address_is_answered_no_more(answering, arrive):
    for number in range(6):
        arrive(a_mail(message_id=f"<{number}@nordlys.example>", subject=f"Matter {number}"))

    facts = FactRow.objects.filter(kind="channels.email.MailTroubleNoticed")

    told = {(row.payload["topic"], row.payload["detail"], row.payload["about_id"], row.at) for row in facts}
    assert told == {("auto-answer-silent", "vera@nordlys.example", str(answering.pk), NINE)}


@pytest.mark.parametrize("mails", [40, pytest.param(200, marks=pytest.mark.torture)])
def test_S_046_two_hundred_mails_in_the_name_of_one_victim_bring_them_three(
    house, answering, ada, deliver, mails
):
    other = EmailAccount.open(
        address="legal@harbour.example", display_name="Legal", brand=house.harbour, by=None, at=NINE
    )
    AutoAnswer.of(other).write(texts=WORDS, is_on=True, by=ada.user, at=NINE)
    for number in range(mails):  # the fifth is refused like the last
        account = answering if number % 2 else other
        deliver(a_mail(message_id=f"<{number}@evil.example>", subject=f"Hello {number}"), account=account)

    drains.empty("raw_mail")

    assert _acknowledged() == 3


def test_R_028_a_mailbox_that_answers_too_often_falls_silent_with_an_alarm(
    answering, ada, arrive, monkeypatch
):
    monkeypatch.setattr(limits, "AUTOMATIC_FROM_MAILBOX", 2)
    for number in range(4):
        arrive(
            a_mail(
                **{
                    "from": f"p{number}@x.example",
                    "message_id": f"<{number}@x.example>",
                    "subject": str(number),
                }
            )
        )

    answer = AutoAnswer.of(answering)
    assert _acknowledged() == 2
    assert answer.stopped_at is not None
    topics = [
        row.payload["topic"] for row in FactRow.objects.filter(kind="channels.email.MailTroubleNoticed")
    ]
    assert topics == ["auto-answer-stopped"]

    answer.resume(by=ada.user, at=NINE)
    arrive(a_mail(**{"from": "q@x.example", "message_id": "<q@x.example>"}), at=NINE + timedelta(hours=2))
    assert _acknowledged() == 3


def test_R_028_our_own_address_as_sender_is_held(answering, arrive):
    came = arrive(a_mail(**{"from": "support@harbour.example"}))

    assert (came.state, came.reason, _acknowledged()) == ("held", "our-address", 0)


def test_R_033_an_out_of_office_answer_joins_and_opens_nothing(ticket, nadia, arrive):
    answer = ticket.reply(text="It is there.", by=nadia, at=NINE)
    answer.refresh_from_db()
    ticket.close(by=nadia, reason="solved", at=NINE)

    away = a_mail(
        message_id="<a@nordlys.example>",
        subject="Automatic reply: Where is my parcel?",
        auto_submitted="auto-replied",
        in_reply_to=f"<{answer.external_id}>",
        text="I am away until Monday.\r\n",
    )
    came = Message.objects.get(pk=arrive(away).message_id)

    ticket.refresh_from_db()
    assert (came.ticket, came.automatic, came.text.strip()) == (
        ticket,
        "auto-reply",
        "I am away until Monday.",
    )
    assert (ticket.status, ticket.waiting_since) == ("closed", None)


def _bounce(about: str, **more: str) -> bytes:
    report = (
        "--b\r\n\r\nCould not be delivered\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; vera@nordlys.example\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: <{about}>\r\n\r\n--b--\r\n"
    )
    fields = {"from": "MAILER-DAEMON@mx.example", "message_id": "<b@mx.example>", "subject": "Undelivered"}
    kind = "multipart/report; report-type=delivery-status; boundary=b"
    return a_mail(**fields | more, content_type=kind, text=report)


def test_R_029_a_bounce_to_the_bare_mailbox_finds_its_answer_by_our_id(ticket, nadia, arrive):
    answer = ticket.reply(text="On its way.", by=nadia, at=NINE)
    answer.refresh_from_db()
    OutgoingMail.objects.filter(message=answer).update(state="sent", next_try_at=None)

    came = arrive(_bounce(answer.external_id))

    answer.refresh_from_db()
    assert Message.objects.get(pk=came.message_id).ticket == ticket
    assert answer.delivery == Message.Delivery.BOUNCED
    assert Ticket.objects.count() == 1


def test_R_029_a_bounce_of_an_acknowledgement_makes_no_ticket(answering, arrive):
    arrive(a_mail())
    mail = OutgoingMail.objects.get(dispatch__isnull=False)

    came = arrive(_bounce(mail.rfc_message_id))

    assert (came.state, came.reason) == ("ignored", "report-noted")
    assert (Ticket.objects.count(), Message.objects.count()) == (1, 1)
    assert list(mail.deliveries.values_list("state", flat=True)) == ["bounced"]


def test_R_029_a_report_on_a_mail_that_we_never_sent_lies_with_the_spam(support, arrive):
    came = arrive(_bounce("something@elsewhere.example"))

    assert (came.state, came.reason) == ("spam", "report-of-nothing")
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize("reports", [60, pytest.param(10_000, marks=pytest.mark.torture)])
def test_R_032_many_reports_reopen_nothing_and_good_mail_passes_between_them(ticket, nadia, deliver, reports):
    answer = ticket.reply(text="On its way.", by=nadia, at=NINE)
    answer.refresh_from_db()
    ticket.close(by=nadia, reason="solved", at=NINE)
    rounds, waited = 10, []

    for turn in range(rounds):
        for number in range(reports // rounds):
            deliver(_bounce(answer.external_id, message_id=f"<b{turn}.{number}@mx.example>"))
        good = deliver(a_mail(message_id=f"<g{turn}@nordlys.example>", subject=f"A good one {turn}"))
        began = time.monotonic()
        drains.empty("raw_mail")
        waited.append(time.monotonic() - began)
        good.refresh_from_db()
        assert good.state == "done"

    ticket.refresh_from_db()
    assert ticket.status == "closed"
    assert Ticket.objects.count() == 1 + rounds
    assert max(waited) <= 120


def test_a_bounce_cannot_speak_for_the_answer_of_another_ticket(ticket, nadia, arrive):
    answer = ticket.reply(text="On its way.", by=nadia, at=NINE)
    answer.refresh_from_db()
    other = Message.objects.get(
        pk=arrive(a_mail(message_id="<o@x.example>", **{"from": "o@x.example"})).message_id
    )
    address = tokens.reply_address(
        "support@harbour.example", ticket_id=other.ticket_id, number=other.ticket.number
    )

    arrive(_bounce(answer.external_id, to=address, message_id="<b@evil.example>"))

    answer.refresh_from_db()
    assert answer.delivery != Message.Delivery.BOUNCED


def test_what_we_send_by_ourselves_is_read_as_automatic_by_ourselves(answering, arrive, sink):
    arrive(a_mail())
    drains.empty("outgoing")

    read = inbound.read(sink.mails[0].raw)
    assert read.kind.value == "auto-reply"
    assert sink.mails[0].sender == ""


def test_a_sender_who_floods_is_held_then_refused_and_others_are_not(support, deliver, settings):
    settings.MAIL_HELD_AFTER, settings.MAIL_REFUSED_AFTER = 3, 5
    flood = [
        deliver(a_mail(message_id=f"<{number}@nordlys.example>", subject=str(number))) for number in range(7)
    ]
    drains.empty("raw_mail")
    later = deliver(a_mail(message_id="<l@nordlys.example>", subject="9"), at=NINE + timedelta(hours=1))
    other = deliver(a_mail(message_id="<o@x.example>", **{"from": "other@x.example"}))
    drains.empty("raw_mail")

    states = list(RawMail.objects.filter(pk__in=[mail.pk for mail in flood]).values_list("state", flat=True))
    later.refresh_from_db(), other.refresh_from_db()
    assert (later.state, other.state) == ("done", "done")
    assert sorted(states) == ["done"] * 3 + ["held"] * 2 + ["quarantined"] * 2


def test_R_027_what_an_operator_lets_in_again_is_not_counted_again(support, ada, arrive, settings):
    settings.MAIL_HELD_AFTER, settings.MAIL_REFUSED_AFTER = 1, 1
    arrive(a_mail())
    mail = arrive(a_mail(message_id="<2@nordlys.example>", subject="Second"))
    assert (mail.state, mail.reason.partition(":")[0]) == ("quarantined", "sends-too-much")

    mail.replay(by=ada.user, at=NINE)
    drains.empty("raw_mail")

    mail.refresh_from_db()
    assert mail.state == "done"

"""How a mail leaves: each is taken by one sender, for little, and kept from nobody."""

import socket
import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from handrail.channels.email.models import OutgoingMail
from handrail.channels.email.outbound import Server
from handrail.channels.email.tests.conftest import a_mail
from handrail.channels.email.tests.test_killed_anywhere import WORKERS, kill
from handrail.kit import drains
from handrail.tickets.models import Message
from tests.cast import NINE

#: Reads and writes for one more mail of a batch; a savepoint stands for its commit here.
QUESTIONS_A_MAIL = 17


@pytest.fixture
def answers(support, sink, arrive, nadia) -> Callable[[int], list[OutgoingMail]]:
    """Answers on tickets of their own, in the outbox: `answers(3)`."""

    def written(count: int) -> list[OutgoingMail]:
        said = []
        for number in range(count):
            sender, mail_id = f"p{number}@d{number % 3}.example", f"<{count}-{number}@x.example>"
            fields = {"from": sender, "message_id": mail_id}
            ticket = Message.objects.get(pk=arrive(a_mail(**fields)).message_id).ticket
            said.append(ticket.reply(text=f"Number {number}", by=nadia, at=NINE))
        return [OutgoingMail.objects.get(message=each) for each in said]

    return written


def test_the_small_end_of_a_mail_is_not_kept_back_by_the_system(sink):
    with Server(f"smtp://127.0.0.1:{sink.port}") as server:
        line = server.connect().sock

        assert line is not None
        assert line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_one_more_mail_of_a_batch_costs_few_questions_and_one_commit(answers):
    asked = []
    for count in (2, 5):
        answers(count)
        with CaptureQueriesContext(connection) as seen:
            drains.empty("outgoing")
        asked.append(len(seen.captured_queries))
        OutgoingMail.objects.all().delete()

    assert (asked[1] - asked[0]) / 3 <= QUESTIONS_A_MAIL


def test_a_mail_in_hand_has_all_it_says_without_asking_again(answers, nadia, django_assert_num_queries):
    answers(1)
    taken = OutgoingMail.take()
    assert taken is not None

    with transaction.atomic():
        mail = OutgoingMail.in_hand(taken)
        assert mail is not None
        with django_assert_num_queries(0):
            message, account = mail.message, mail.account
            assert message is not None
            assert account is not None
            said = (message.text, message.agent and message.agent.name, message.ticket.subject)
            left_from = (account.address, account.brand.name)

    assert said == ("Number 0", nadia.name, "Where is my parcel?")
    assert left_from == ("support@harbour.example", "Harbour Parcels")


def test_P_02_two_senders_who_look_at_the_same_list_take_each_mail_once(answers):
    due = [mail.pk for mail in answers(4)]
    one, other = list(due), list(due)

    taken = [OutgoingMail.take(soon) for soon in (one, other, one, other, one, other)]

    assert taken == [*due, None, None]


def test_an_answer_taken_back_meanwhile_is_not_sent_from_a_list(answers):
    first, second = answers(2)
    soon = [first.pk, second.pk]
    OutgoingMail.cancel(first.message_id, at=NINE)

    assert OutgoingMail.take(soon) == second.pk


def test_a_domain_is_not_asked_more_often_at_once_because_of_a_list(answers):
    mails = answers(9)
    same = [mail.pk for mail in mails if mail.domain == "d0.example"]

    assert [OutgoingMail.take(list(same)) in same for _sender in range(3)] == [True, True, False]


@pytest.mark.django_db(transaction=True)
def test_P_03_a_mail_that_somebody_else_looked_at_just_now_is_no_doubt(answers):
    """A second sender who was about to take it holds its row for a moment after the first one took it."""
    (mail,) = answers(1)
    held, looked_at = threading.Event(), threading.Event()

    def look_at_it() -> None:
        with transaction.atomic():
            list(OutgoingMail.objects.select_for_update().filter(pk=mail.pk))
            held.set()
            looked_at.wait(150)
        connection.close()

    OutgoingMail.take()
    other = threading.Thread(target=look_at_it)
    other.start()
    held.wait(150)
    threading.Thread(target=_when_somebody_waits, args=[looked_at]).start()
    with transaction.atomic():
        mine = OutgoingMail.in_hand(mail.pk)
    looked_at.set()
    other.join()

    assert mine == mail


def _when_somebody_waits(then: threading.Event) -> None:
    deadline = time.monotonic() + 120
    question = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock')"
    with connection.cursor() as cursor:
        while time.monotonic() < deadline and not then.is_set():
            cursor.execute(question)
            if cursor.fetchone() == (True,):
                break
    connection.close()
    then.set()


@pytest.mark.django_db(transaction=True)
def test_P_03_a_sender_killed_with_the_next_mail_in_hand_makes_one_copy_at_most(
    answers, sink, desk_process, settings
):
    workers = desk_process(WORKERS, HANDRAIL_MAIL_URL=settings.MAIL_URL)
    mails = answers(3)

    for point in ("outbox.before-commit", "outbox.after-commit"):  # the first is sent again, then the second
        kill(workers, "outgoing", point)
        OutgoingMail.objects.filter(state="sending").update(tried_at=None)
    drains.empty("outgoing")

    sent = [mail.parsed["Message-ID"] for mail in sink.mails]
    assert [sent.count(f"<{mail.rfc_message_id}>") for mail in mails] == [2, 1, 1]
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"sent"}

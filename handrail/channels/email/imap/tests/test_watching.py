"""All mailboxes are looked at at once; what hangs, breaks or refuses harms no other and mends by itself."""

import threading
import time
from collections.abc import Iterator

import psycopg
import pytest

from handrail.channels.email import health
from handrail.channels.email.events import MailboxRecovered, MailTroubleNoticed
from handrail.channels.email.imap import lines, watching
from handrail.channels.email.imap.session import Session
from handrail.channels.email.imap.tests.conftest import change, lay
from handrail.channels.email.imap.tests.gate import Gate
from handrail.channels.email.imap.watching import Watching
from handrail.channels.email.models import EmailAccount, ImapRoad, RawMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.channels.email.tests.names import DEAD, SLOW, names
from handrail.events.models import FactRow
from handrail.kit import clock, connections
from tests.cast import NINE

__all__ = ["names"]

pytestmark = pytest.mark.django_db(transaction=True)

GENEROUS_SECONDS = 120
MAILS_OF_TWO_FETCHES = 25


def until(condition) -> None:
    deadline = time.monotonic() + GENEROUS_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


class Worker:
    """The part of a worker that looks at mailboxes."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.thread = threading.Thread(target=watching.watch, args=(self.stop,))
        self.thread.start()

    def end(self) -> None:
        self.stop.set()
        self.thread.join(timeout=GENEROUS_SECONDS)
        assert not self.thread.is_alive()


@pytest.fixture
def worker(monkeypatch) -> Iterator[Worker]:
    monkeypatch.setattr(watching, "SHORTEST_PAUSE", 0.2)
    monkeypatch.setattr(watching, "LONGEST_PAUSE", 0.4)
    found = Worker()
    yield found
    found.end()


@pytest.fixture
def gate(dovecot) -> Iterator[Gate]:
    found = Gate(dovecot.port)
    yield found
    found.close()


def has_looked(road: ImapRoad) -> bool:
    return ImapRoad.objects.filter(pk=road.pk, looked_at__isnull=False).exists()


def failures(road: ImapRoad) -> int:
    return ImapRoad.objects.get(pk=road.pk).failures


def a_mailbox(house, number: int) -> EmailAccount:
    return EmailAccount.open(
        address=f"box{number}@harbour.example", display_name="Box", brand=house.harbour, by=None, at=NINE
    )


def test_mail_is_here_soon_after_it_came_there(dovecot, support, ada, worker):
    road = lay(support, dovecot, dovecot.new_user(), by=ada)
    until(lambda: has_looked(road))

    for number in range(3):  # also what comes between a look and the waiting
        dovecot.put(road.user, a_mail(message_id=f"<{number}@nordlys.example>"))

    until(lambda: RawMail.objects.count() == 3)


def test_a_folder_that_takes_nothing_holds_up_no_new_mail(dovecot, support, ada, worker):
    road = lay(support, dovecot, dovecot.new_user(), by=ada, afterwards="move", move_to="No..such")
    until(lambda: has_looked(road))
    dovecot.put(road.user, a_mail(message_id="<1@nordlys.example>"))
    until(lambda: failures(road) >= 3)

    dovecot.put(road.user, a_mail(message_id="<2@nordlys.example>"))

    until(lambda: RawMail.objects.count() == 2)
    assert len(dovecot.lies_in(road.user)) == 2
    told = health.of(EmailAccount.objects.get(), at=clock.now())
    assert told.trouble is not None
    assert (told.state, told.trouble.said) == (
        "untidy",
        "What was fetched cannot be moved to the folder you named.",
    )
    alarm = FactRow.objects.get(kind=MailTroubleNoticed.kind)
    assert alarm.payload["topic"] == "mailbox-untidy"


def test_R_047_one_mailbox_of_twenty_hangs_and_the_others_go_on(dovecot, house, ada, gate, worker):
    roads = [lay(a_mailbox(house, number), dovecot, dovecot.new_user(), by=ada) for number in range(19)]
    hanging = lay(a_mailbox(house, 19), dovecot, dovecot.new_user(), by=ada, port=gate.port)
    gate.mode = "hang"
    until(lambda: all(has_looked(road) for road in roads))

    for road in roads:
        dovecot.put(road.user, a_mail(to=road.account.address))

    until(lambda: RawMail.objects.count() == 19)
    assert not has_looked(hanging)


def test_mail_that_comes_while_other_mail_is_fetched_is_taken_before_it_waits_again(
    dovecot, support, ada, worker, monkeypatch
):
    fetch, wait = Session.bodies, Session.wait
    came, kept_when_it_waits = list[bool](), list[int]()

    def fetch_while_more_comes(session, mails):
        if not came:
            came.append(True)
            dovecot.put(road.user, a_mail(message_id="<second@nordlys.example>"))
        return fetch(session, mails)

    def tell_and_wait(session, **how):
        kept_when_it_waits.append(RawMail.objects.count())
        connections.let_go()
        wait(session, **how)

    monkeypatch.setattr(Session, "bodies", fetch_while_more_comes)
    monkeypatch.setattr(Session, "wait", tell_and_wait)
    road = lay(support, dovecot, dovecot.new_user(), by=ada)
    until(lambda: has_looked(road))

    dovecot.put(road.user, a_mail(message_id="<first@nordlys.example>"))

    until(lambda: RawMail.objects.count() == 2)
    assert 1 not in kept_when_it_waits


def test_R_012_two_workers_look_at_one_mailbox_and_each_mail_is_kept_once(dovecot, support, ada, worker):
    road = lay(support, dovecot, dovecot.new_user(), by=ada)
    other = Worker()
    try:
        until(lambda: has_looked(road))
        for number in range(5):
            dovecot.put(road.user, a_mail(message_id=f"<{number}@nordlys.example>"))
        until(lambda: RawMail.objects.count() == 5)
    finally:
        other.end()


def test_R_012_only_one_worker_holds_a_mailbox_and_its_lock_is_free_when_it_is_gone(dovecot, support, ada):
    lay(support, dovecot, dovecot.new_user(), by=ada)
    first, second = Watching(), Watching()
    with psycopg.connect(connections.address(), autocommit=True) as second_holder:
        with psycopg.connect(connections.address(), autocommit=True) as first_holder:
            first.compare(first_holder)
            second.compare(second_holder)
            assert (len(first.watched), len(second.watched)) == (1, 0)
        first.end()

        second.compare(second_holder)

        assert len(second.watched) == 1
        second.end()


@pytest.mark.parametrize("mode", ["hang", "cut-fetch", "bye"])
def test_R_046_a_server_that_fails_is_noticed_told_of_and_tried_again(
    dovecot, support, ada, gate, worker, mode, monkeypatch
):
    assert max(lines.ANSWER_SECONDS, lines.CONNECT_SECONDS) <= 60
    monkeypatch.setattr(lines, "ANSWER_SECONDS", 1.0)
    monkeypatch.setattr(lines, "CONNECT_SECONDS", 1.0)
    road = lay(support, dovecot, dovecot.new_user(), by=ada, port=gate.port)
    until(lambda: has_looked(road))
    gate.mode = mode
    dovecot.put(road.user, a_mail())
    change(road, by=ada, history_days=0)  # looked at at once, not after minutes of waiting

    until(lambda: failures(road) >= 3)
    assert ImapRoad.objects.get(pk=road.pk).trouble == {"hang": "silent"}.get(mode, "cut")
    assert RawMail.objects.count() == 0
    alarm = FactRow.objects.get(kind=MailTroubleNoticed.kind)
    assert (alarm.payload["topic"], alarm.payload["detail"]) == ("mailbox-failing", support.address)

    gate.mode = "pass"
    until(lambda: failures(road) == 0)
    assert RawMail.objects.count() == 1
    assert FactRow.objects.filter(kind=MailboxRecovered.kind).count() == 1


def test_R_052_mailboxes_whose_names_are_dead_or_slow_delay_no_other_and_are_told_of(
    dovecot, house, ada, worker, names
):
    dead, slow = (
        lay(a_mailbox(house, number), dovecot, "box", by=ada, host=name, port=993, security="tls")
        for number, name in enumerate([DEAD, SLOW])
    )
    road = lay(a_mailbox(house, 2), dovecot, dovecot.new_user(), by=ada)
    until(lambda: has_looked(road))
    dovecot.put(road.user, a_mail(to=road.account.address))

    until(lambda: RawMail.objects.count() == 1)
    until(lambda: failures(dead) >= 3 and failures(slow) >= 3)
    assert ImapRoad.objects.get(pk=dead.pk).trouble == "not-reachable"
    assert ImapRoad.objects.get(pk=slow.pk).trouble == "silent"
    alarms = [row.payload for row in FactRow.objects.filter(kind=MailTroubleNoticed.kind)]
    assert {(each["topic"], each["detail"]) for each in alarms} == {
        ("mailbox-failing", dead.account.address),
        ("mailbox-failing", slow.account.address),
    }
    assert failures(road) == 0


def test_R_046_what_came_before_the_line_broke_is_kept_and_the_rest_follows_once(
    dovecot, support, ada, gate, worker
):
    road = lay(support, dovecot, dovecot.new_user(), by=ada, port=gate.port)
    until(lambda: has_looked(road))
    gate.mode, gate.lets_through = "cut-fetch", gate.fetches + 1
    for number in range(MAILS_OF_TWO_FETCHES):
        dovecot.put(road.user, a_mail(message_id=f"<{number}@nordlys.example>"))
    change(road, by=ada, history_days=0)

    until(lambda: failures(road) >= 1)
    assert 0 < RawMail.objects.count() < MAILS_OF_TWO_FETCHES

    gate.mode = "pass"
    change(road, by=ada, history_days=0)
    until(lambda: RawMail.objects.count() == MAILS_OF_TWO_FETCHES and failures(road) == 0)
    assert RawMail.objects.values("sha256").distinct().count() == MAILS_OF_TWO_FETCHES


def test_a_refused_password_is_said_and_a_right_one_helps_at_once(dovecot, support, ada, worker):
    road = lay(support, dovecot, dovecot.new_user(), by=ada)
    ImapRoad.lay(support, secret="wrong", by=ada.user, at=clock.now())
    until(lambda: failures(road) == 1)
    assert ImapRoad.objects.get(pk=road.pk).trouble == "sign-in"

    lay(support, dovecot, road.user, by=ada)

    until(lambda: has_looked(road))


def test_a_paused_mailbox_is_left_alone_and_misses_nothing(dovecot, support, ada, worker):
    road = lay(support, dovecot, dovecot.new_user(), by=ada)
    until(lambda: has_looked(road))
    ImapRoad.objects.get(pk=road.pk).pause(paused=True, by=ada.user, at=clock.now())
    until(lambda: not any(thread.name == f"imap {road.pk}" for thread in threading.enumerate()))

    dovecot.put(road.user, a_mail())
    ImapRoad.objects.get(pk=road.pk).pause(paused=False, by=ada.user, at=clock.now())

    until(lambda: RawMail.objects.count() == 1)


def test_pauses_grow_to_a_bound_and_differ():
    pauses = [watching.pause_after(times, refused=False) for times in range(1, 30)]

    assert max(pauses) <= watching.LONGEST_PAUSE * 1.25 <= 120
    assert pauses[0] < watching.SHORTEST_PAUSE * 1.3
    assert len(set(pauses)) == len(pauses)

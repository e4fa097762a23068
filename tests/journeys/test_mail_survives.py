"""Every accepted mail becomes exactly one message, whatever dies meanwhile."""

import random
import threading
import time

import pytest

from tests.journeys.desk import Desk, running_desk, wait_until
from tests.real_mail import ham

pytestmark = pytest.mark.running

SETTLED = "SELECT count(*) FROM channels_email_rawmail WHERE state = 'new'"
MAILS = 200
SEED = 20261122


def test_R_001_R_003_worker_web_and_database_are_killed_and_no_mail_is_lost_or_doubled(tmp_path):
    mails = ham(MAILS)
    with running_desk(tmp_path) as desk:
        stop = threading.Event()
        killer = threading.Thread(target=_kill_now_and_then, args=(desk, stop))
        killer.start()
        try:
            for raw in mails:
                desk.hand_in(raw)
        finally:
            stop.set()
            killer.join()
        wait_until(lambda: desk.value(SETTLED) == 0, seconds=400, otherwise=desk.last_words)

        assert desk.rows(
            "SELECT state, count(*) FROM channels_email_rawmail WHERE state <> 'duplicate' GROUP BY 1"
        ) == [("done", MAILS)]
        assert desk.value("SELECT count(*) FROM tickets_message") == MAILS
        assert desk.value("SELECT count(*) FROM events_fact WHERE kind = 'tickets.MessageReceived'") == MAILS


def _kill_now_and_then(desk: Desk, stop: threading.Event) -> None:
    """Each program is killed at least once, in an order that the seed decides."""
    dice = random.Random(SEED)
    victims = ["worker", "database", "web", "worker", "smtp", "database"]
    dice.shuffle(victims)
    for victim in victims:
        time.sleep(dice.uniform(0.5, 1.5))
        desk.kill(victim)
        if stop.wait(dice.uniform(0.5, 2)):
            return

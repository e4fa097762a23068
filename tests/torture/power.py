"""R-006: everything is killed at the very moment a mail was acknowledged; none of those mails is missing."""

import os
import signal
import threading
import time
from contextlib import suppress

import psutil

from tests.journeys.desk import Desk
from tests.torture.mails import Senders, a_mail
from tests.torture.trial import Outcome, ask_the_doctor, desk_on_trial

KEPT = (
    "SELECT (regexp_match(encode(raw, 'escape'), 'Message-ID: <(\\d+)@'))[1]::int FROM channels_email_rawmail"
)
MAILS_A_ROUND = 5_000


def cut_the_power(*, rounds: int, acknowledged: int, seed: int) -> Outcome:
    """In each round so many mails are acknowledged, and then everything gets SIGKILL at once."""
    outcome = Outcome(
        "power cut", "R-006: what was acknowledged is there after everything was killed at once"
    )
    said: set[int] = set()
    with desk_on_trial() as desk:
        for round_ in range(rounds):
            first = round_ * MAILS_A_ROUND + 1
            mails = [a_mail(number, seed=seed) for number in range(first, first + MAILS_A_ROUND)]
            senders = Senders(port=desk.smtp_port, mails=mails)
            killer = threading.Thread(target=_kill_all_after, args=(desk, senders, acknowledged))
            killer.start()
            for thread in [*senders.start(), killer]:
                thread.join()
            said |= senders.accepted
            desk.start()
        kept = {number for (number,) in desk.rows(KEPT)}
        outcome.figures |= {"rounds": rounds, "acknowledged": len(said), "kept": len(kept & said)}
        outcome.expect(said <= kept, f"acknowledged and lost: {sorted(said - kept)[:10]}")
        outcome.expect(len(said) >= rounds * acknowledged, "fewer mails than planned were acknowledged")
        ask_the_doctor_later(desk, outcome)
    return outcome


def ask_the_doctor_later(desk: Desk, outcome: Outcome) -> None:
    """Once what came in has been read."""
    deadline = time.monotonic() + 300
    while desk.value("SELECT count(*) FROM channels_email_rawmail WHERE state = 'new'"):
        if time.monotonic() > deadline:
            outcome.broken.append("mail still waits to be read after five minutes")
            return
        time.sleep(0.2)
    ask_the_doctor(desk, outcome)


def _kill_all_after(desk: Desk, senders: Senders, acknowledged: int) -> None:
    assert desk.process is not None
    while len(senders.accepted) < acknowledged and not senders.failures:
        time.sleep(0.0005)
    everything = [desk.process.pid, *(child.pid for child in psutil.Process(desk.process.pid).children(True))]
    for pid in everything:
        with suppress(ProcessLookupError):  # the kernel was faster
            os.kill(pid, signal.SIGKILL)
    senders.stop.set()
    desk.process.wait()
    desk.process = None

"""R-053: workers whose clocks are wrong do the same work; order goes by the database's time."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.torture.deploying import ANSWERS
from tests.torture.killing import count
from tests.torture.mails import Senders, a_mail
from tests.torture.trial import Outcome, TrialDesk, ask_the_doctor, desk_on_trial

WRONG_BY = ("+5m", "-1d")
UNDO_SECONDS = 15
WAITING = """
    SELECT (SELECT count(*) FROM channels_email_rawmail WHERE state = 'new')
         + (SELECT count(*) FROM channels_email_outgoingmail WHERE state IN ('queued', 'sending'))
"""
EARLY = """
    SELECT count(*) FROM channels_email_outgoingmail mail
      JOIN channels_email_delivery reader ON reader.mail_id = mail.id
      JOIN channels_email_caughtmail caught ON caught.envelope_to @> ARRAY[reader.address::text]
     WHERE caught.at < mail.due_at - interval '1 second'
"""
SENT = "SELECT unnest(envelope_to), count(*) FROM channels_email_caughtmail GROUP BY 1"


def set_clocks_wrong(*, mails: int, answers: int, seed: int) -> Outcome:
    outcome = Outcome("clocks", "R-053: workers with wrong clocks lose, double and hurry nothing")
    if not shutil.which("faketime"):
        outcome.figures["skipped"] = "faketime is not installed"
        return outcome
    written = [a_mail(number, seed=seed) for number in range(1, mails + 1)]
    with desk_on_trial(HANDRAIL_UNDO_SECONDS=str(UNDO_SECONDS)) as desk, _workers_astray(desk):
        for thread in Senders(port=desk.smtp_port, mails=written).start():
            thread.join()
        desk.python(ANSWERS.format(count=answers))
        deadline = time.monotonic() + 180
        while desk.value(WAITING) and time.monotonic() < deadline:
            time.sleep(0.2)
        count(desk, written, outcome, besides=answers)
        sent = {address: times for address, times in desk.rows(SENT) if address.startswith("q")}
        early = desk.value(EARLY)
        outcome.figures |= {"clocks_wrong_by": WRONG_BY, "answers_sent": len(sent), "early": early}
        outcome.expect(len(sent) == answers, f"{len(sent)} of {answers} answers left")
        outcome.expect(set(sent.values()) <= {1}, "an answer left twice")
        outcome.expect(not early, f"{early} mails left before they were due")
        ask_the_doctor(desk, outcome)
    return outcome


@contextmanager
def _workers_astray(desk: TrialDesk) -> Iterator[None]:
    """The desk's own worker, whose clock is right, has others beside it."""
    around = desk.environment | {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "DATABASE_URL": desk.database_url}
    worker = [sys.executable, "-m", "handrail", "worker"]
    log = (desk.home / "astray.log").open("ab")
    astray = [
        subprocess.Popen(
            ["faketime", "-f", wrong, *worker], env=around, stdout=log, stderr=log, start_new_session=True
        )
        for wrong in WRONG_BY
    ]
    try:
        yield
    finally:
        for process in astray:
            os.killpg(process.pid, signal.SIGTERM)  # faketime stands between us and the worker
        for process in astray:
            process.wait(timeout=20)
        log.close()

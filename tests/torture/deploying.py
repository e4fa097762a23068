"""R-009: web and worker are told to end (SIGTERM) under load, as at an update; nobody notices."""

import http.client
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import psutil

from tests.journeys.desk import Desk
from tests.torture.killing import WAITING
from tests.torture.trial import Outcome, ask_the_doctor, desk_on_trial

#: A proxy holds a request for so long while the program behind it starts again.
HELD_SECONDS = 60
ANSWERS = """
from dataclasses import replace
from handrail.accounts.models import Brand
from handrail.kit import clock
from handrail.team.models import Agent, Team
from handrail.tickets.inbound import Inbound
from handrail.tickets.receiving import receive
nadia = Agent.objects.get(user__email="nadia@harbour.example")
brand, team = Brand.objects.get(key="harbour"), Team.objects.get(key="parcels")
for number in range({count}):
    at = clock.now()
    mail = Inbound(channel="email", address=f"q{{number}}@d.example", name="", subject=f"Parcel {{number}}",
        text="Where?", html=None, reply_text="Where?", files=(), external_id=f"q{{number}}@d.example",
        references=(), to=(), cc=(), sent_at=at, automatic="", language="en")
    receive(mail, brand=brand, team=team, at=at).ticket.reply(text="In the van.", by=nadia, at=at)
"""
LEFT = "SELECT unnest(envelope_to), count(*) FROM channels_email_caughtmail GROUP BY 1"


@dataclass
class Visitors:
    """Browsers behind a proxy: a refused connection is tried again, as a proxy does; all else counts."""

    port: int
    stop: threading.Event = field(default_factory=threading.Event)
    seen: Counter[str] = field(default_factory=Counter)

    def visit(self) -> None:
        while not self.stop.is_set():
            self.seen[self._one_page()] += 1

    def _one_page(self) -> str:
        deadline = time.monotonic() + HELD_SECONDS
        while time.monotonic() < deadline:
            caller = http.client.HTTPConnection("127.0.0.1", self.port, timeout=HELD_SECONDS)
            try:
                caller.connect()
            except OSError:
                self.seen["held"] += 1
                time.sleep(0.05)
                continue
            try:
                caller.request("GET", "/sign-in")
                answer = caller.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as error:
                return f"cut: {type(error).__name__}"
            else:
                return "fine" if answer.status < 500 else f"status {answer.status}"
            finally:
                caller.close()
        return "held too long"


def stop_under_load(*, stops: int, answers: int, pause_seconds: float = 4.0) -> Outcome:
    outcome = Outcome("deploying", "R-009: SIGTERM under load: no failed request, no job lost, no mail twice")
    with desk_on_trial(HANDRAIL_UNDO_SECONDS="0") as desk:
        visitors = Visitors(desk.port)
        threads = [threading.Thread(target=visitors.visit) for _ in range(3)]
        threads.append(threading.Thread(target=desk.python, args=(ANSWERS.format(count=answers),)))
        for thread in threads:
            thread.start()
        for number in range(stops):
            time.sleep(pause_seconds)
            _tell_to_end(desk, "web" if number % 2 else "worker")
        threads[-1].join()
        visitors.stop.set()
        for thread in threads:
            thread.join()
        _count(desk, visitors, answers, outcome)
        ask_the_doctor(desk, outcome)
    return outcome


def _count(desk: Desk, visitors: Visitors, answers: int, outcome: Outcome) -> None:
    deadline = time.monotonic() + 120
    while desk.value(WAITING) and time.monotonic() < deadline:
        time.sleep(0.2)
    left = {address: times for address, times in desk.rows(LEFT) if address.startswith("q")}
    failed = {what: times for what, times in visitors.seen.items() if what not in ("fine", "held")}
    outcome.figures |= {
        "pages": visitors.seen["fine"],
        "held_by_the_proxy": visitors.seen["held"],
        "failed": failed,
        "answers_sent": len(left),
    }
    outcome.expect(not failed, f"pages failed: {failed}")
    outcome.expect(len(left) == answers, f"{len(left)} of {answers} answers left")
    outcome.expect(set(left.values()) <= {1}, "an answer left twice")
    outcome.expect(desk.value(WAITING) == 0, "jobs or mails still wait")


def _tell_to_end(desk: Desk, program: str) -> None:
    """To the program itself, which tells its own children."""
    assert desk.process is not None
    for child in psutil.Process(desk.process.pid).children():
        if program in child.cmdline():
            child.send_signal(signal.SIGTERM)

"""What we said we have is kept, whatever is killed; while the database is away, nothing is promised."""

import os
import re
import shutil
import signal
import smtplib
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from handrail.channels.email.tests.conftest import a_mail
from handrail.kit.postgres import Embedded, stencil

pytestmark = pytest.mark.running

SETUP = """
from handrail.accounts.models import Brand
from handrail.channels.email.models import EmailAccount
from handrail.kit import clock
brand = Brand.objects.create(key="harbour", name="Harbour Parcels")
address = "support@harbour.example"
EmailAccount.open(address=address, display_name="Harbour", brand=brand, by=None, at=clock.now())
"""
LISTEN = """
import asyncio, signal
from handrail.channels.email.listener import Listener

async def serve():
    listener = Listener(host="127.0.0.1", port={port}, catchall_port=None, hostname="desk.test")
    await listener.start()
    print(listener.ports[0], flush=True)
    await asyncio.Event().wait()

asyncio.run(serve())
"""
WORK = "from handrail.kit import worker; worker.run()"
#: What was under way when everything went away is taken up again when its claim has run out.
SETTLED_WITHIN_SECONDS = 120


class Desk:
    """A database that syncs to disk, and the processes that use it; each can be killed."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, 0
        stencil.lay_out(home)
        self.processes: list[subprocess.Popen[str]] = []
        self.database = Embedded(home)
        self.start_database()
        assert self.run(SETUP).wait(timeout=300) == 0

    def start_database(self) -> None:
        self.database = Embedded(self.home)
        self.url = self.database.start()

    def kill_database(self) -> None:
        assert self.database.process is not None
        os.killpg(self.database.process.pid, signal.SIGKILL)
        self.database.process.wait()
        self.database.process = None

    def run(self, script: str) -> "subprocess.Popen[str]":
        around = {name: value for name, value in os.environ.items() if not name.startswith("HANDRAIL_")}
        around |= {"DATABASE_URL": self.url, "HANDRAIL_HOME": str(self.home)}
        around |= {"DJANGO_SETTINGS_MODULE": "handrail.settings"}
        command = [sys.executable, "-c", "import django; django.setup()\n" + script]
        process = subprocess.Popen(command, env=around, stdout=subprocess.PIPE, text=True)
        self.processes.append(process)
        return process

    def listen(self) -> "subprocess.Popen[str]":
        listener = self.run(LISTEN.format(port=self.port))
        assert listener.stdout is not None
        self.port = int(listener.stdout.readline())
        return listener

    def send(self, number: int) -> bool:
        """Whether the listener said that it has the mail."""
        with smtplib.SMTP("127.0.0.1", self.port, timeout=20) as client:
            mail = a_mail(message_id=f"<{number}@nordlys.example>", subject=f"Mail {number}")
            client.sendmail("vera@nordlys.example", ["support@harbour.example"], mail)
        return True

    def count(self, question: str) -> int:
        with psycopg.connect(self.url) as connection:
            row = connection.execute(question.encode()).fetchone()
        assert row is not None
        return int(row[0])

    def numbers_kept(self) -> set[int]:
        """The numbers in the subjects of all mails in the database."""
        with psycopg.connect(self.url) as connection:
            rows = connection.execute("SELECT raw FROM channels_email_rawmail").fetchall()
        return {int(re.findall(rb"Subject: Mail (\d+)", raw)[0]) for (raw,) in rows}

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()
        self.database.stop()


@pytest.fixture
def desk() -> Iterator[Desk]:
    home = Path(tempfile.mkdtemp(prefix="hr-"))
    home.chmod(0o711)
    found = Desk(home)
    yield found
    found.end()
    shutil.rmtree(home, ignore_errors=True)


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
def test_R_006_the_mail_is_on_the_disk_before_250_is_said(desk, tmp_path):
    listener = desk.listen()
    assert desk.send(0)
    trace = tmp_path / "trace"
    tracer = _trace([desk.database.process.pid, listener.pid], trace)
    for number in range(1, 6):
        assert desk.send(number)
    tracer.send_signal(signal.SIGINT)
    tracer.communicate(timeout=20)  # until here somebody must listen to it, or it ends

    steps = re.findall(STEP, trace.read_text())
    said = ["sync" if "sync" in step else step[:3] for step in steps]

    assert said.count("250") == 5
    for place in (place for place, step in enumerate(said) if step == "250"):
        asked = max(before for before in range(place) if said[before] == "354")
        assert "sync" in said[asked:place]


STEP = r"(354 End the mail|fdatasync\(\d+\)\s+= 0|fdatasync resumed>.*= 0|250 2\.0\.0 Kept)"


def _trace(pids: list[int], output: Path) -> "subprocess.Popen[str]":
    children = [pid for parent in pids for pid in _children_of(parent)]
    attach = [word for pid in [*pids, *children] for word in ("-p", str(pid))]
    command = ["strace", "-f", "-o", str(output), "-s", "60", "-e", "trace=fdatasync,sendto,write", *attach]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 15
    assert tracer.stderr is not None
    seen = 0
    while seen < len(pids) + len(children) and time.monotonic() < deadline:
        line = tracer.stderr.readline()
        if "attach" in line and "ptrace" in line and "not permitted" in line:
            pytest.skip("this machine lets nobody trace")
        seen += "attached" in line
    return tracer


def _children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_R_006_nothing_acknowledged_is_lost_when_listener_and_database_are_killed(desk):
    kept: list[int] = []
    for round_ in range(4):
        listener = desk.listen()
        said: list[int] = []
        lanes = range(round_ * 4, round_ * 4 + 4)
        threads = [threading.Thread(target=_send_until_cut, args=(desk, said, lane)) for lane in lanes]
        for thread in threads:
            thread.start()
        while len(said) < 40:
            time.sleep(0.005)
        listener.kill()
        desk.kill_database()
        for thread in threads:
            thread.join()
        kept += said
        desk.start_database()

    assert len(kept) >= 160
    assert set(kept) <= desk.numbers_kept()


def _send_until_cut(desk: Desk, said: list[int], lane: int) -> None:
    number = lane * 1_000_000
    try:
        with smtplib.SMTP("127.0.0.1", desk.port, timeout=20) as client:
            while True:
                number += 1
                mail = a_mail(message_id=f"<{number}@x.example>", subject=f"Mail {number}")
                client.sendmail("vera@nordlys.example", ["support@harbour.example"], mail)
                said.append(number)
    except (smtplib.SMTPException, OSError):
        return


def test_R_003_R_043_the_database_is_killed_while_mail_comes_in_and_all_recovers_by_itself(desk):
    desk.listen()
    desk.run(WORK)
    said: list[int] = []
    lane = threading.Thread(target=_send_until_cut, args=(desk, said, 1))
    lane.start()
    _wait_until(lambda: len(said) >= 40, seconds=30)

    desk.kill_database()
    lane.join(timeout=60)
    for number in (2, 3):
        with pytest.raises((smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)) as told:
            desk.send(number)
        assert _code(told.value) == 451
    time.sleep(8)

    desk.start_database()
    back = time.monotonic()
    _wait_until(lambda: _sent(desk, 4), seconds=10)
    assert time.monotonic() - back < 10
    kept = desk.numbers_kept()
    assert {*said, 4} <= kept
    assert not {2, 3} & kept
    waiting = "SELECT count(*) FROM channels_email_rawmail WHERE state = 'new'"
    _wait_until(lambda: desk.count(waiting) == 0, seconds=SETTLED_WITHIN_SECONDS)
    assert desk.count("SELECT count(*) FROM tickets_message") >= 40


def _code(refusal):
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return next(iter(refusal.recipients.values()))[0]
    return refusal.smtp_code


def _sent(desk: Desk, number: int) -> bool:
    try:
        return desk.send(number)
    except (smtplib.SMTPException, OSError):
        return False


def _wait_until(condition, *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)

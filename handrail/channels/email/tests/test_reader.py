"""Mail is read in a process that can be killed, and whatever a mail does to it stops no other."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from handrail.channels import Unreadable
from handrail.channels.email import limits
from handrail.channels.email.inbound import read
from handrail.channels.email.reading import reader
from handrail.channels.email.sameness import fingerprint_of
from handrail.channels.email.tests.conftest import a_mail

PAYLOADS = sorted((Path(__file__).parent / "payloads").glob("*.eml"))
DYING = "handrail.channels.email.tests.dying_child"


@pytest.fixture
def dying(monkeypatch):
    """Readers that die when a mail asks them to, with less time than real ones."""
    monkeypatch.setattr(reader, "_readers", own := reader._Readers())
    monkeypatch.setattr(reader, "CHILD", DYING)
    monkeypatch.setattr(limits, "READING_SECONDS", 3)
    yield own
    own.end_all()


def test_what_comes_out_of_the_other_process_is_what_was_read_there():
    for path in PAYLOADS:
        raw = path.read_bytes()

        found = reader.opened(raw)

        assert (found.mail, found.fingerprint) == (read(raw), fingerprint_of(raw))


def test_a_refusal_comes_through_with_its_reason():
    with pytest.raises(Unreadable) as refusal:
        reader.opened(
            b"From: a@x.example\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n" * 2_000
        )

    assert refusal.value.reason == "too-many-parts"


@pytest.mark.parametrize(
    ("sign", "reason"),
    [
        ("X-Kill", "kills-reader"),
        ("X-Hang", "took-too-long"),
        ("X-Grow", "too-much-memory"),
        ("X-Fault", "reader-fault"),
    ],
)
def test_P_10_a_mail_that_harms_its_reader_is_refused_by_name_and_the_next_is_read(dying, sign, reason):
    assert reader.opened(a_mail()).mail.subject == "Where is my parcel?"

    with pytest.raises(Unreadable) as refusal:
        reader.opened(a_mail(subject=sign))

    assert refusal.value.reason == reason
    assert reader.opened(a_mail(subject="The next")).mail.subject == "The next"


def test_P_10_a_mail_has_so_much_of_the_processor_and_no_second_try(dying, monkeypatch):
    monkeypatch.setattr(limits, "READING_SECONDS", 60)
    start = time.monotonic()

    with pytest.raises(Unreadable) as refusal:
        reader.opened(a_mail(subject="X-Burn"))

    assert refusal.value.reason == "took-too-long"
    assert time.monotonic() - start < 60


def test_a_reader_that_somebody_else_killed_costs_no_mail():
    reader.opened(a_mail())
    for each in reader._readers.idle:
        each.process.kill()

    assert reader.opened(a_mail()).mail.subject == "Where is my parcel?"


def test_many_threads_read_at_once_and_each_gets_its_own():
    mails = [a_mail(subject=f"Mail {number}") for number in range(40)]

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(reader.opened, mails))

    assert [each.mail.subject for each in found] == [f"Mail {number}" for number in range(40)]


def test_a_reader_that_cannot_start_is_no_fault_of_the_mail(dying, monkeypatch):
    monkeypatch.setattr(reader, "CHILD", "handrail.no_such_module")

    with pytest.raises(reader.CannotRead):
        reader.opened(a_mail())


def test_a_worn_reader_is_replaced(dying, monkeypatch):
    monkeypatch.setattr(reader, "MAILS_PER_READER", 2)

    processes = set()
    for _mail in range(4):
        reader.opened(a_mail())
        processes |= {each.process.pid for each in dying.idle}

    assert len(processes) == 2


def test_readers_end_with_the_process_that_asked():
    script = """
import os, signal
from handrail.channels.email.reading import reader
reader.opened(b"Subject: x\\n\\ny")
print(reader._readers.idle[0].process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    pid = int(killed.stdout)

    deadline = time.monotonic() + 120
    while _runs(pid):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False

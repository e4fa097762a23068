"""R-053, R-040: a worker whose clock jumps by hours and days loses, doubles and hurries nothing.

The worker is a process of its own under libfaketime; the database's clock is right. `make torture` runs whole
desks with wrong clocks.
"""

import shutil
import subprocess
from datetime import datetime, timedelta

import pytest

from handrail.channels.email.models import RawMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.channels.email.tests.test_outbox import answer, later
from handrail.kit import clock
from handrail.tickets.models import Message
from handrail.tickets.planning import WallTime

__all__ = ["answer"]
pytestmark = pytest.mark.django_db(transaction=True)

JUMPS = ("+1h", "-1h", "+1d", "-1d", "+5m")
WORKER = """
import sys
from handrail.kit import clock, drains
for line in sys.stdin:
    drains.empty("raw_mail")
    drains.empty("outgoing")
    print(clock.now().isoformat(), flush=True)
"""


class Astray:
    """A worker whose clock jumps: `astray.works("+1d")` empties what waits, so much off the right time."""

    def __init__(self, process, jump_to) -> None:
        self.process, self.jump_to = process, jump_to

    def works(self, jump: str) -> datetime:
        self.jump_to.write_text(f"{jump}\n")
        return self.ask(self.process)

    @staticmethod
    def ask(process) -> datetime:
        """Let a worker empty what waits; returns what it takes for now."""
        process.stdin.write("work\n")
        process.stdin.flush()
        return datetime.fromisoformat(process.stdout.readline().strip())


@pytest.fixture
def astray(desk_process, settings, tmp_path, sink) -> Astray:
    if not shutil.which("faketime"):
        pytest.skip("NO FAKETIME: wrong clocks are not tested. Install faketime.")
    jump_to = tmp_path / "jump"
    jump_to.write_text("+0\n")
    around = {
        "LD_PRELOAD": _library(),
        "FAKETIME_TIMESTAMP_FILE": str(jump_to),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "HANDRAIL_MAIL_URL": settings.MAIL_URL,
    }
    return Astray(desk_process(WORKER, **around), jump_to)


def bodies(sink) -> list[str]:
    return [mail.parsed.get_payload().strip() for mail in sink.mails]


def _library() -> str:
    told = subprocess.run(["faketime", "-f", "+0", "printenv", "LD_PRELOAD"], capture_output=True, text=True)
    return told.stdout.strip()


def off_by(jump: str) -> float:
    """In seconds."""
    return {"h": 3600, "d": 86_400, "m": 60}[jump[-1]] * float(jump[:-1])


def test_R_053_R_040_whatever_a_workers_clock_says_mail_is_taken_once_and_none_leaves_early(
    astray, answer, sink, deliver
):
    tomorrow = (clock.now() + timedelta(days=1)).replace(second=0, microsecond=0, tzinfo=None)
    answer("Planned", planned=WallTime(wall=tomorrow, zone="UTC"))
    answer("May be taken back", at=clock.now(), undo=timedelta(minutes=30))

    for number, jump in enumerate(JUMPS):
        deliver(a_mail(message_id=f"<{number}@nordlys.example>", subject=f"Parcel {number}"))
        answer(f"Meanwhile {number}")
        told = astray.works(jump)
        assert abs((told - clock.now()).total_seconds() - off_by(jump)) < 300, "its clock did not jump"

    meanwhile = [f"Meanwhile {number}" for number in range(len(JUMPS))]
    assert bodies(sink) == meanwhile
    assert set(RawMail.objects.values_list("state", flat=True)) == {"done"}
    assert Message.objects.filter(kind="customer").count() == len(JUMPS) + 1

    later(31)
    for jump in JUMPS:
        astray.works(jump)
    assert bodies(sink) == [*meanwhile, "May be taken back"]

    later(60 * 24)
    for jump in JUMPS:
        astray.works(jump)
    assert bodies(sink) == [*meanwhile, "May be taken back", "Planned"]


def test_R_040_an_answer_that_waits_for_its_undo_is_sent_once_after_a_restart(
    answer, sink, desk_process, settings
):
    answer(at=clock.now(), undo=timedelta(seconds=30))
    killed = desk_process(WORKER, HANDRAIL_MAIL_URL=settings.MAIL_URL)
    Astray.ask(killed)
    killed.kill()
    assert bodies(sink) == []

    later(1)
    again = desk_process(WORKER, HANDRAIL_MAIL_URL=settings.MAIL_URL)
    Astray.ask(again)
    Astray.ask(again)

    assert bodies(sink) == ["It is in the van."]

"""What a trial stands on: a whole desk, what it found, and the doctor's word at its end."""

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handrail.kit.postgres import stencil
from tests.journeys.desk import SMALL_COMPANY, Desk

#: Each mail to support@harbour.example is answered at once, so that doubled answers would show.
ANSWERS_BY_ITSELF = """
from handrail.accounts.models import User
from handrail.channels.email.models import AutoAnswer, EmailAccount
from handrail.kit import clock
ada = User.objects.get(email="ada@harbour.example")
answer = AutoAnswer.of(EmailAccount.objects.get(address="support@harbour.example"))
answer.write(texts={"en": "We have your mail."}, is_on=True, by=ada, at=clock.now())
"""
#: Whatever a kill took away is there again.
BACK_WITHIN_SECONDS = 60
#: What the doctor may complain of: the machine's own disk, and exactly those mails that were cut off twice
#: while they were sent. They lie in the outbox for a person to decide on, which is the end that was promised.
FORGIVEN = r"disk: .*|mail out: 0 mails failed, {doubts} perhaps arrived in the last 7 days"
CUT_OFF_TWICE = """
    SELECT count(*) FROM channels_email_outgoingmail
     WHERE state = 'uncertain' AND doubts >= 2 AND next_try_at IS NULL
"""


@dataclass
class Outcome:
    """What a trial found. broken: the promises that were not kept, in words."""

    name: str
    promise: str
    figures: dict[str, Any] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    @property
    def is_kept(self) -> bool:
        return not self.broken

    def expect(self, holds: object, words: str) -> None:
        if not holds:
            self.broken.append(words)

    def told(self) -> dict[str, Any]:
        return {"trial": self.name, "promise": self.promise, "kept": self.is_kept} | {
            "figures": self.figures,
            "broken": self.broken,
        }


class TrialDesk(Desk):
    """A desk with settings of its own, on a machine that may have much else to do."""

    starts_within_seconds = 400
    web_workers = 2

    def __init__(self, home: Path, **settings: str) -> None:
        super().__init__(home)
        self.settings = settings

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "HANDRAIL_LOG_LEVEL": "warning",
            "HANDRAIL_MAIL_SERVER_NETWORKS": "127.0.0.0/8",
        }
        return super().environment | own | self.settings


@contextmanager
def desk_on_trial(**settings: str) -> Iterator[TrialDesk]:
    """The small company, with answers by itself, in a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="handrail-torture-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        stencil.lay_out(Path(folder))
        desk = TrialDesk(Path(folder), **settings)
        try:
            desk.start()
            desk.python(SMALL_COMPANY + ANSWERS_BY_ITSELF)
            yield desk
        finally:
            desk.stop()


def ask_the_doctor(desk: Desk, outcome: Outcome) -> None:
    """Every mail, file and fact; whatever the doctor still finds after a while breaks the promise.

    What was killed a moment ago may be on its way back (P-06).
    """
    deadline = time.monotonic() + BACK_WITHIN_SECONDS
    while (bad := _examined(desk, outcome)) and time.monotonic() < deadline:
        time.sleep(1)
    outcome.broken += [f"doctor, {words}" for words in bad]


def _examined(desk: Desk, outcome: Outcome) -> list[str]:
    """What the doctor finds now and is not forgiven."""
    command = [sys.executable, "-m", "handrail", "doctor", "--json", "--deep"]
    done = subprocess.run(command, env=desk.environment, capture_output=True, text=True, timeout=300)
    findings = json.loads(done.stdout)
    said = [f"{each['check']}: {each['said']}" for each in findings if not each["ok"]]
    forgiven = re.compile(FORGIVEN.format(doubts=desk.value(CUT_OFF_TWICE)))
    bad = [words for words in said if not forgiven.fullmatch(words)]
    outcome.figures["doctor"] = f"{len(findings) - len(said)} of {len(findings)} well"
    outcome.figures["the_doctor_also_said"] = [words for words in said if words not in bad]
    return bad

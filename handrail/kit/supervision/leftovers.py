"""What a killed supervisor left behind; found by a mark, so that nobody else's process is touched."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from handrail.kit.processes import processes_marked
from handrail.kit.supervision.program import MARK


def end_leftovers(home: Path, *, patience_seconds: float = 8) -> int:
    """Ends every process an earlier supervisor started for this home; returns how many there were.

    Call it only while holding the home's lock: then nothing marked can belong to a living supervisor.
    """
    left = processes_marked(MARK, str(home))
    signal_all(left, signal.SIGTERM)
    deadline = time.monotonic() + patience_seconds
    while (alive := processes_marked(MARK, str(home))) and time.monotonic() < deadline:
        time.sleep(0.1)
    signal_all(alive, signal.SIGKILL)
    return len(left)


def signal_all(pids: list[int], what: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, what)

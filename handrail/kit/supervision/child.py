"""One supervised program while it runs: its process, its log, and when it may be started again."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress

from handrail.kit.supervision.logbook import Logbook
from handrail.kit.supervision.program import Program

FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0
STEADY_AFTER_SECONDS = 10.0


class Child:
    """A program, started and restarted."""

    def __init__(self, program: Program, logbook: Logbook, say: Callable[[str], None]) -> None:
        self.program, self.logbook, self.say = program, logbook, say
        self.process: subprocess.Popen[bytes] | None = None
        self.output: int | None = None
        self.pause_seconds = FIRST_PAUSE_SECONDS
        self.start_at = self.started_at = 0.0

    @property
    def is_running(self) -> bool:
        return self.process is not None

    def start(self) -> None:
        """Starts it; a refusal is said and tried again after a pause."""
        self.close_output()
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        self.started_at = time.monotonic()
        try:
            self.process = self.program.launch(writing)
            self.output = reading
        except Exception as refusal:  # whatever it is: the others keep running
            os.close(reading)
            self.say(f"could not start: {refusal}")
            self.rest()
        finally:
            os.close(writing)

    def adopt(self, process: "subprocess.Popen[bytes]") -> None:
        """Looks after a process that was started before the supervisor."""
        self.process, self.started_at = process, time.monotonic()

    def read(self) -> None:
        """Takes what it has said since last time."""
        while self.output is not None:
            try:
                said = os.read(self.output, 65536)
            except BlockingIOError:
                return
            if not said:
                self.close_output()
            else:
                self.logbook.take(said)

    def notice_end(self) -> None:
        """When it has ended: ends what it started itself and plans the next start."""
        if self.process is None or not has_ended(self.process.pid):
            return
        self.signal_group(signal.SIGKILL)  # before its id is given free: the group cannot be a stranger's
        status = self.process.wait()
        self.read()
        self.process = None
        self.say(f"ended ({ending(status)})")
        self.rest()

    def rest(self) -> None:
        if time.monotonic() - self.started_at > STEADY_AFTER_SECONDS:
            self.pause_seconds = FIRST_PAUSE_SECONDS
        self.start_at = time.monotonic() + self.pause_seconds
        self.pause_seconds = min(self.pause_seconds * 2, LONGEST_PAUSE_SECONDS)

    def send(self, what: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.send_signal(what)

    def signal_group(self, what: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, what)

    def close_output(self) -> None:
        if self.output is not None:
            os.close(self.output)
            self.output = None


def has_ended(pid: int) -> bool:
    """Whether a child is a zombie now; it stays one, so that its id is not given to another process yet."""
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True


def ending(status: int) -> str:
    if status < 0:
        return f"killed by {signal.Signals(-status).name}"
    return "in good order" if status == 0 else f"with code {status}"

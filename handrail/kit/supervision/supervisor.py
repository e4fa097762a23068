"""The loop that keeps children running until it is told to stop, and then ends them within ten seconds."""

import os
import selectors
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

from handrail.kit.supervision.child import Child
from handrail.kit.supervision.logbook import Logbook
from handrail.kit.supervision.program import Program

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOOK_EVERY_SECONDS = 1.0
PATIENCE_SECONDS = 7.0
LAST_PATIENCE_SECONDS = 2.0


class Supervisor:
    """Runs programs until SIGINT or SIGTERM; a second one ends them at once.

    say: prints a line; gets the program's name and what happened.
    patience_seconds: what does not end within it, once asked, is killed.
    """

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        logs: Path,
        say: Callable[[str, str], None],
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self.asked_to_stop = 0
        self.patience_seconds = patience_seconds
        self.children = [self.child_for(program, logs, say) for program in programs]

    @staticmethod
    def child_for(program: Program, logs: Path, say: Callable[[str, str], None]) -> Child:
        def says(line: str) -> None:
            with suppress(OSError):  # the terminal is gone: the work goes on
                say(program.name, line)

        return Child(program, Logbook(logs / f"{program.name}.log", say=says), says)

    def run(self, *, when_started: Callable[[], None] = lambda: None) -> None:
        """Returns when everything has ended."""
        wake, waker = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(waker, False)
        former = self.listen_for_signals(waker)
        try:
            self.start_what_is_due()
            when_started()
            while not self.asked_to_stop:
                self.wait(wake, LOOK_EVERY_SECONDS)
                self.start_what_is_due()
        finally:
            self.stop_all(wake)
            self.forget_signals(former)
            os.close(wake)
            os.close(waker)

    def listen_for_signals(self, waker: int) -> dict[signal.Signals, object]:
        former: dict[signal.Signals, object] = {}
        for what in STOP_SIGNALS:
            if not (what is signal.SIGHUP and signal.getsignal(what) is signal.SIG_IGN):  # started by nohup
                former[what] = signal.signal(what, self.be_asked)
        former[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)  # so that it wakes us
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        return former

    def forget_signals(self, former: dict[signal.Signals, object]) -> None:
        signal.set_wakeup_fd(-1)
        for what, handler in former.items():
            signal.signal(what, handler)  # type: ignore[arg-type]

    def be_asked(self, _number: int, _frame: FrameType | None) -> None:
        self.asked_to_stop += 1

    def start_what_is_due(self) -> None:
        for child in self.children:
            if not child.is_running and time.monotonic() >= child.start_at and not self.asked_to_stop:
                child.start()

    def wait(self, wake: int, seconds: float) -> None:
        """Until something happens, at most so long; takes output and notices ends."""
        with selectors.DefaultSelector() as selector:
            selector.register(wake, selectors.EVENT_READ)
            for child in self.children:
                if child.output is not None:
                    selector.register(child.output, selectors.EVENT_READ)
            selector.select(min(seconds, self.seconds_to_next_start()))
        with suppress(BlockingIOError):
            os.read(wake, 4096)
        for child in self.children:
            child.read()
            child.notice_end()
        self.collect_strangers()

    def seconds_to_next_start(self) -> float:
        waiting = [child.start_at for child in self.children if not child.is_running]
        return (
            max(0.02, min(waiting) - time.monotonic())
            if waiting and not self.asked_to_stop
            else LOOK_EVERY_SECONDS
        )

    def collect_strangers(self) -> None:
        """As the first process of a container we inherit others' orphans; nobody else would collect them."""
        if os.getpid() != 1:
            return
        ours = {child.process.pid for child in self.children if child.process is not None}
        with suppress(ChildProcessError):
            while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                if ended.si_pid in ours:
                    return
                os.waitpid(ended.si_pid, 0)

    def stop_all(self, wake: int) -> None:
        self.asked_to_stop = max(self.asked_to_stop, 1)
        first = [child for child in self.children if not child.program.stop_last]
        last = [child for child in self.children if child.program.stop_last]
        self.stop(first, wake, self.patience_seconds)
        self.stop(last, wake, LAST_PATIENCE_SECONDS)

    def stop(self, children: list[Child], wake: int, patience_seconds: float) -> None:
        """Asks, waits, and kills what has not ended; the database is asked once more, harder, in between."""
        for child in children:
            child.send(child.program.stop_with)
        self.wait_for_end(children, wake, patience_seconds)
        for child in children:
            child.send(signal.SIGQUIT if child.program.stop_last else signal.SIGKILL)
        self.wait_for_end(children, wake, 0.3)
        for child in children:
            child.signal_group(signal.SIGKILL)
        self.wait_for_end(children, wake, 0.3)

    def wait_for_end(self, children: list[Child], wake: int, patience_seconds: float) -> None:
        deadline = time.monotonic() + patience_seconds
        while any(child.is_running for child in children):
            left = deadline - time.monotonic()
            if left <= 0 or self.asked_to_stop > 1:
                return
            self.wait(wake, min(left, 0.2))

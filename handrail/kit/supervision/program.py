"""What a supervisor runs: a name and a way to launch it."""

import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from handrail.kit.processes import dying_with_parent

MARK = "HANDRAIL_SUPERVISED_FOR"

Launch = Callable[[int], "subprocess.Popen[bytes]"]


@dataclass(frozen=True, kw_only=True)
class Program:
    """One program to keep running.

    launch: starts it, given the file handle its output goes to; when it raises, it is tried again later.
    stop_with: the signal that asks it to end in good order.
    stop_last: it ends after the others, because they need it for their own end.
    """

    name: str
    launch: Launch
    stop_with: signal.Signals = signal.SIGTERM
    stop_last: bool = False


def command(name: str, arguments: Sequence[str], *, home: Path) -> Program:
    """A program that is a command line, in a process group of its own, tied to us so as not to outlive us."""

    def launch(output: int) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=os.environ | {MARK: str(home)},
            process_group=0,
            preexec_fn=dying_with_parent(signal.SIGTERM),
        )

    return Program(name=name, launch=launch)

"""Questions about processes, and how a child is tied to its parent so that nothing is left behind."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1


def is_alive(pid: int) -> bool:
    """Whether a process with this id exists; a zombie nobody has collected yet counts as gone."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return state_of(pid) != "Z"


def state_of(pid: int) -> str:
    """The kernel's letter for what a process does (R, S, Z …); empty where it cannot be read."""
    fields = stat_fields(pid)
    return fields[0] if fields else ""


def birth_of(pid: int) -> str:
    """When a process started, as the kernel counts: together with its id it names one process for good."""
    fields = stat_fields(pid)
    return fields[19] if fields else ""


def stat_fields(pid: int) -> list[str]:
    """What /proc says after the command's name, which may hold spaces and brackets itself."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def processes_working_in(folder: Path) -> list[int]:
    """The ids of all processes whose working directory this is."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if entry.readlink() == folder:
                found.append(int(entry.parent.name))
        except OSError:  # gone meanwhile, or somebody else's
            continue
    return found


def dying_with_parent(by: signal.Signals, *, parent: int | None = None) -> Callable[[], None]:
    """What a child does first (Popen's preexec_fn): the kernel sends it this signal when its parent ends."""
    parent = parent or os.getpid()
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def tie() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, int(by))
            if os.getppid() != parent:  # it ended between fork and here
                os._exit(1)

    return tie


def processes_marked(name: str, value: str) -> list[int]:
    """The ids of all other processes that were started with this variable in their environment."""
    mark = os.fsencode(f"{name}={value}")
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in entry.read_bytes().split(b"\0") and entry.parent.name != str(os.getpid()):
                found.append(int(entry.parent.name))
        except OSError:  # gone meanwhile, or somebody else's
            continue
    return [pid for pid in found if is_alive(pid)]

"""Who uses a data folder: a lock that every process of the database holds until the last one has ended.

The lock is taken by the owner, handed down to the server and from it to each of its processes. So it is free
exactly when nothing of the database lives, whatever was killed, and survives being moved between containers.
"""

import fcntl
import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass

from handrail.kit import processes
from handrail.kit.postgres.place import Place
from handrail.kit.postgres.problems import AlreadyRunning, StillStopping


@dataclass(frozen=True)
class Owner:
    """The process that started the database and looks after it."""

    pid: int
    birth: str

    def is_another_living_process(self) -> bool:
        return (
            self.pid != os.getpid()
            and processes.is_alive(self.pid)
            and processes.birth_of(self.pid) == self.birth
        )


def claim(place: Place, *, patience_seconds: float) -> int:
    """Takes the lock and returns its file handle, ending what an earlier owner left behind.

    Raises AlreadyRunning when the owner lives, StillStopping when the leftovers outlast the patience.
    """
    handle = os.open(place.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        wait_for_lock(handle, place, patience_seconds)
    except BaseException:
        os.close(handle)
        raise
    me = os.getpid()
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{me} {processes.birth_of(me)}\n".encode(), 0)
    return handle


def wait_for_lock(handle: int, place: Place, patience_seconds: float) -> None:
    began = time.monotonic()
    while not try_lock(handle):
        owner = owner_of(handle)
        if owner.is_another_living_process() or (owner.pid == os.getpid() and postmaster_of(place)):
            raise AlreadyRunning(
                f"Another Handrail (process {owner.pid}) already uses {place.data}: "
                "stop it first, or set HANDRAIL_HOME to another folder."
            )
        waited = time.monotonic() - began
        send_away(place, harder=waited > patience_seconds / 2)
        if waited > patience_seconds:
            raise StillStopping(
                f"The database of an earlier run in {place.data} has not stopped yet: try again soon."
            )
        time.sleep(0.1)


def try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_claimed(place: Place) -> bool:
    """Whether any process of this database lives."""
    try:
        handle = os.open(place.lock, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return not try_lock(handle)
    finally:
        os.close(handle)


def owner_of(handle: int) -> Owner:
    pid, _, birth = os.pread(handle, 100, 0).decode().strip().partition(" ")
    return Owner(int(pid) if pid.isdigit() else 0, birth)


def postmaster_of(place: Place) -> int | None:
    """The id of the living server on this data folder."""
    try:
        pid = int((place.data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if processes.is_alive(pid) and pid in processes.processes_working_in(place.data) else None


def send_away(place: Place, *, harder: bool) -> None:
    """Ends a server without owner in good order; processes that lost their server are ended at once."""
    postmaster = postmaster_of(place)
    if postmaster:
        with suppress(ProcessLookupError):
            os.kill(postmaster, signal.SIGQUIT if harder else signal.SIGINT)
        return
    for pid in processes.processes_working_in(place.data):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL if harder else signal.SIGQUIT)

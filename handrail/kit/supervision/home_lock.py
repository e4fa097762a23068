"""One supervisor per home folder: a lock that the kernel releases when its process ends, in whatever way."""

import fcntl
import os
from pathlib import Path


class AlreadyUp(Exception):
    """Another supervisor looks after this home folder; the message says which."""


class HomeLock:
    """Held from `take()` until this process ends."""

    def __init__(self, home: Path) -> None:
        self.path = home / "up.lock"
        self.handle: int | None = None

    def take(self) -> None:
        """Raises AlreadyUp when another living process has it."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 20, 0).decode().strip()
            os.close(handle)
            raise AlreadyUp(
                f"Handrail already runs from {self.path.parent} (process {holder}): "
                "stop it first, or set HANDRAIL_HOME to another folder."
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        self.handle = handle

    def release(self) -> None:
        if self.handle is not None:
            os.close(self.handle)
            self.handle = None

    def is_held(self) -> bool:
        """Whether somebody is up; asked by other commands."""
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False

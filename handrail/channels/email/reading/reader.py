"""Asking the reading process what a mail says; whatever the mail does to it, this side goes on.

Readers are kept and used again, one mail at a time each, because starting one takes a hundred times as long
as reading. They end when this process ends, however it ends: their input closes.
"""

import atexit
import contextlib
import os
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

import msgspec
import structlog

import handrail
from handrail.channels import Unreadable
from handrail.channels.email import limits
from handrail.channels.email.reading import answers
from handrail.channels.email.reading.answers import LENGTH_BYTES, Failed, Opened, Refused

log = structlog.get_logger()

CHILD = "handrail.channels.email.reading.child"
#: A reader is replaced after so many mails, so that no leak in any library adds up.
MAILS_PER_READER = 2_000
_IDLE_READERS: Final = 4
_MOST_ANSWERED: Final = 3 * limits.MAIL_BYTES


class CannotRead(OSError):
    """No reading process can be started: a fault of the machine or the installation, not of the mail."""


class _Dead(Exception):
    """The reading process is gone, because the mail took too long or otherwise."""

    def __init__(self, *, slow: bool, hopeless: bool = False) -> None:
        super().__init__("slow" if slow else "dead")
        self.slow, self.hopeless = slow, hopeless


def opened(raw: bytes) -> Opened:
    """What the mail in these bytes says. Raises Unreadable, and OSError when no reader can be started.

    A mail that uses up its CPU seconds is refused at once. Any other death of the reader may have been the
    doing of somebody else (an operator, a busy machine): the mail gets a second reader before it is blamed.
    """
    try:
        return _ask(raw)
    except _Dead as death:
        log.warning("reader.died", slow=death.slow, bytes=len(raw))
        if death.hopeless:
            raise _too_slow() from None
    try:
        return _ask(raw)
    except _Dead as death:
        raise _too_slow() if death.slow else _kills() from None


def _ask(raw: bytes) -> Opened:
    reader = _readers.take()
    answer = reader.ask(raw)
    _readers.give_back(reader)
    if isinstance(answer, Opened):
        return answer
    if isinstance(answer, Refused):
        raise Unreadable(answer.reason, answer.words)
    log.error("reader.fault", words=answer.words)
    raise Unreadable("reader-fault", answer.words)


def _too_slow() -> Unreadable:
    return Unreadable("took-too-long", "Reading it takes longer than any mail may.")


def _kills() -> Unreadable:
    return Unreadable("kills-reader", "The process that read it died each time.")


class Reader:
    """One reading process."""

    def __init__(self) -> None:
        root = str(Path(handrail.__file__).parents[1])
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
            [sys.executable, "-m", CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": root, "PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            cwd=root,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.source, self.target = self.process.stdout.fileno(), self.process.stdin.fileno()
        os.set_blocking(self.source, False)
        os.set_blocking(self.target, False)
        self.asked = 0

    def ask(self, raw: bytes) -> Opened | Refused | Failed:
        """Raises _Dead, and the process is, when no answer comes in time or none that can be understood."""
        self.asked += 1
        deadline = time.monotonic() + limits.READING_SECONDS
        try:
            self._give(struct.pack("!Q", len(raw)), deadline)
            self._give(raw, deadline)
            size = struct.unpack("!Q", self._taken(LENGTH_BYTES, deadline))[0]
            if size > _MOST_ANSWERED:
                raise EOFError
            return answers.decode(self._taken(size, deadline))
        except (OSError, EOFError, msgspec.DecodeError):
            raise self._death(self.end()) from None
        except BaseException:
            self.end()
            raise

    @property
    def is_worn(self) -> bool:
        return self.asked >= MAILS_PER_READER

    def _death(self, code: int) -> Exception:
        if code > 0 and self.asked == 1:
            return CannotRead(f"the mail reader does not start (code {code})")
        in_time = code not in (-signal.SIGXCPU, -signal.SIGALRM)
        return _Dead(slow=not in_time, hopeless=code == -signal.SIGXCPU)

    def end(self) -> int:
        """Its exit code, negative for a signal; it is killed when nothing else has ended it."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=0.2)  # it closes its pipes a moment before it is gone
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                assert pipe
                pipe.close()
        return self.process.wait()

    def _give(self, data: bytes, deadline: float) -> None:
        left = memoryview(data)
        while left:
            self._wait_for(self.target, select.POLLOUT, deadline)
            left = left[os.write(self.target, left[: limits.MB]) :]

    def _taken(self, count: int, deadline: float) -> bytearray:
        data = bytearray()
        while len(data) < count:
            self._wait_for(self.source, select.POLLIN, deadline)
            block = os.read(self.source, min(count - len(data), limits.MB))
            if not block:
                raise EOFError
            data += block
        return data

    def _wait_for(self, pipe: int, what: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(pipe, what)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1_000):
            raise _Dead(slow=True)


class _Readers:
    """The readers that nobody is asking now."""

    def __init__(self) -> None:
        self.idle: list[Reader] = []
        self.lock = threading.Lock()

    def take(self) -> Reader:
        with self.lock:
            if self.idle:
                return self.idle.pop()
        return Reader()

    def give_back(self, reader: Reader) -> None:
        with self.lock:
            if len(self.idle) < _IDLE_READERS and not reader.is_worn:
                self.idle.append(reader)
                return
        reader.end()

    def forget(self) -> None:
        """After a fork the readers are the other process's."""
        self.idle = []
        self.lock = threading.Lock()

    def end_all(self) -> None:
        with self.lock:
            idle, self.idle = self.idle, []
        for reader in idle:
            reader.end()


_readers = _Readers()
atexit.register(_readers.end_all)
os.register_at_fork(after_in_child=_readers.forget)

"""The reading process: takes a mail from its input, answers what it says on its output, until its input ends.

It has no secrets and no connection, can write no file and start nothing, and dies at the limits. Nothing here
may import Django: it starts in a moment and is small.
"""

import os
import resource
import signal
import struct
from collections.abc import Callable

from handrail.channels import Unreadable
from handrail.channels.email import limits
from handrail.channels.email.inbound import read
from handrail.channels.email.reading import answers
from handrail.channels.email.reading.answers import LENGTH_BYTES, Failed, Opened, Refused
from handrail.channels.email.sameness import fingerprint_of
from handrail.kit.text import one_line

Answer = Opened | Refused | Failed

_OPEN_FILES = 64
#: Should the asking side be gone, nobody else ends a reading that hangs.
_ALONE_SECONDS = limits.READING_SECONDS + 5
_TOO_MUCH_MEMORY = Refused(reason="too-much-memory", words="Reading it takes more memory than any mail may.")


def main() -> None:
    narrow()
    serve(open_mail)


def narrow() -> None:
    """Give up all that reading does not need."""
    for sign in (signal.SIGINT, signal.SIGTERM):  # its end is the end of its input
        signal.signal(sign, signal.SIG_IGN)
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (limits.READING_BYTES, limits.READING_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))


def serve(answer_to: Callable[[bytes], Answer], *, source: int = 0, target: int = 1) -> None:
    """Answer mail after mail, each within its own time."""
    while head := _taken(source, LENGTH_BYTES):
        _start_the_clocks()
        answer = _answer(_taken(source, struct.unpack("!Q", head)[0]), answer_to)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _give(target, answer)


def open_mail(raw: bytes) -> Answer:
    """What the mail says, or why nobody knows."""
    try:
        return Opened(mail=read(raw), fingerprint=fingerprint_of(raw))
    except Unreadable as refusal:
        return Refused(reason=refusal.reason, words=refusal.words)


def _answer(raw: bytes, answer_to: Callable[[bytes], Answer]) -> bytes:
    try:
        return answers.encode(answer_to(raw))
    except MemoryError:
        return answers.encode(_TOO_MUCH_MEMORY)
    except Exception as error:
        return answers.encode(Failed(words=one_line(f"{type(error).__name__}: {error}", limit=400)))


def _start_the_clocks() -> None:
    """The system ends this process when the mail takes too long, whatever it is doing."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + limits.READING_CPU_SECONDS, resource.RLIM_INFINITY))
    signal.setitimer(signal.ITIMER_REAL, _ALONE_SECONDS)


def _taken(source: int, count: int) -> bytes:
    """So many bytes; empty when the input ends."""
    data = bytearray()
    while len(data) < count:
        block = os.read(source, min(count - len(data), limits.MB))
        if not block:
            return b""
        data += block
    return bytes(data)


def _give(target: int, data: bytes) -> None:
    os.write(target, struct.pack("!Q", len(data)))
    left = memoryview(data)
    while left:
        left = left[os.write(target, left) :]


if __name__ == "__main__":
    main()

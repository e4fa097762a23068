"""Asking a virus scanner about a file: clamd, spoken to by INSTREAM, where the operator named one."""

import socket
import struct
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 120.0
_PIECE = 65536
_LONGEST_ANSWER = 4096


class NoAnswer(Exception):
    """The scanner cannot be reached, or did not say whether the file is clean."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """finding: what the scanner calls what it found; empty when the file is clean."""

    finding: str

    @property
    def is_clean(self) -> bool:
        return not self.finding


def is_on() -> bool:
    """Whether there is a scanner to ask."""
    return bool(settings.CLAMAV)


def verdict_on(path: Path) -> Verdict:
    """What the scanner says of the bytes at this path. Raises NoAnswer."""
    try:
        with closing(_connection(settings.CLAMAV)) as line:
            line.sendall(b"zINSTREAM\0")
            for piece in _pieces(path):
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            return _read(_answer(line))
    except OSError as trouble:
        raise NoAnswer(type(trouble).__name__) from trouble


def _connection(address: str) -> socket.socket:
    """A path is a socket on this machine, anything else host:port, as the operator wrote it."""
    if address.startswith("/"):
        line = _local(address)
    else:
        host, _, port = address.rpartition(":")
        line = socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS)
    line.settimeout(ANSWER_SECONDS)
    return line


def _local(address: str) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    try:
        line.settimeout(CONNECT_SECONDS)
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _answer(line: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0").decode("utf-8", "replace")


def _read(answer: str) -> Verdict:
    """`stream: OK`, `stream: Eicar-Signature FOUND`, or words about a trouble."""
    words = answer.removeprefix("stream:").strip()
    if words == "OK":
        return Verdict(finding="")
    if words.endswith(" FOUND"):
        return Verdict(finding=words.removesuffix(" FOUND")[:200] or "something")
    raise NoAnswer(answer[:200])

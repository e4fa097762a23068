"""The log file of one program, kept small, and the short form of its lines for the terminal."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

LARGEST_BYTES = 5 * 2**20
KEPT = 3
LOUD = {"warning", "error", "critical"}
LONGEST_LINE = 200


class Logbook:
    """Takes the raw output of a program as it comes; a full disk loses lines, never the program."""

    def __init__(self, path: Path, *, say: Callable[[str], None]) -> None:
        self.path, self.say, self.rest = path, say, b""

    def take(self, output: bytes) -> None:
        with suppress(OSError):
            self.write(output)
        *lines, self.rest = (self.rest + output).split(b"\n")
        self.rest = self.rest[-65536:]
        for line in lines:
            if short := brief(line.decode(errors="replace")):
                self.say(short)

    def write(self, output: bytes) -> None:
        if self.path.exists() and self.path.stat().st_size > LARGEST_BYTES:
            self.turn_the_page()
        with self.path.open("ab") as file:
            file.write(output)

    def turn_the_page(self) -> None:
        for number in range(KEPT - 1, 0, -1):
            older = self.path.with_suffix(f".log.{number}")
            if older.exists():
                older.rename(self.path.with_suffix(f".log.{number + 1}"))
        self.path.rename(self.path.with_suffix(".log.1"))


def brief(line: str) -> str:
    """A line for the terminal: plain lines as they are, JSON from warnings on, of a traceback its end."""
    try:
        entry = json.loads(line)
    except ValueError:
        is_traceback = line.startswith((" ", "Traceback (most recent call last)"))
        return "" if is_traceback else line.rstrip()[:LONGEST_LINE]
    if not isinstance(entry, dict) or entry.get("level") not in LOUD:
        return ""
    details = " ".join(
        f"{key}={value}"
        for key, value in entry.items()
        if key not in ("level", "event", "timestamp", "exception")
    )
    return f"{entry['level']}: {entry.get('event', '')} {details}".rstrip()[:LONGEST_LINE]

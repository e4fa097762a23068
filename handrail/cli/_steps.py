"""Prints each step of a command with the seconds it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Step:
    """A step being done; what `note` says is printed when it is done."""

    def __init__(self) -> None:
        self.said = ""

    def note(self, said: str) -> None:
        self.said = said


@contextmanager
def step(name: str) -> Iterator[Step]:
    """`database   0.1 s  PostgreSQL 18 in var/postgres-18`; nothing when it fails: the error says enough."""
    doing = Step()
    alive = sys.stdout.isatty()
    if alive:
        print(f"  {name:<14} …", end="\r", flush=True)
    began = time.monotonic()
    yield doing
    print(f"  {name:<14}{time.monotonic() - began:6.1f} s  {doing.said}".rstrip(), flush=True)

"""Companions: threads of every worker that look at something outside by themselves, such as mailboxes.

A companion finds out alone what is its share among several workers, and outlives trouble with the database.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg

from handrail.kit import connections

#: Runs until the event is set.
Companion = Callable[[threading.Event], None]

_companions: dict[str, Companion] = {}


def companion(name: str) -> Callable[[Companion], Companion]:
    """Declare a function that every worker runs in a thread of its own."""

    def declare(run: Companion) -> Companion:
        _companions[name] = run
        return run

    return declare


def run(stop: threading.Event) -> list[threading.Thread]:
    """Start one thread for each; they end soon after `stop` is set."""
    threads = [threading.Thread(target=each, args=(stop,), name=name) for name, each in _companions.items()]
    for thread in threads:
        thread.start()
    return threads


class News:
    """Wake-ups, on a connection of their own: on one that is used for other things some would be lost."""

    def __init__(self, channel: str) -> None:
        self.listener: psycopg.Connection[Any] = psycopg.connect(connections.address(), autocommit=True)
        self.listener.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(channel)))

    def wait(self, stop: threading.Event, *, seconds: float) -> None:
        """Return at the first wake-up, after so long, or when asked to stop."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not stop.is_set():
            if list(self.listener.notifies(timeout=0.5, stop_after=1)):
                return

    def close(self) -> None:
        self.listener.close()

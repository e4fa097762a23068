"""Drains: tables that are queues themselves, emptied in batches.

Incoming and outgoing mail are rows with a state. A drain takes a batch of them under row locks that other
processes skip, so that a killed process gives its rows back at once; it is woken by NOTIFY and looks by
itself every few seconds. See decision 0008.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import psycopg
import structlog
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from handrail.kit import faults
from handrail.kit.connections import address

log = structlog.get_logger()

#: A drain looks by itself this often, should a wake-up be lost.
LOOK_EVERY_SECONDS = 5.0
#: The pause after the database went away or a batch failed.
RETRY_AFTER_SECONDS = 1.0

#: Takes one batch; returns how many rows it settled. Zero means: nothing is due.
TakeBatch = Callable[[], int]


@dataclass(frozen=True, kw_only=True)
class Drain:
    """One table that is emptied by some threads of every worker."""

    name: str
    take_batch: TakeBatch
    threads: int


_drains: dict[str, Drain] = {}


def drain(name: str, *, threads: int = 1) -> Callable[[TakeBatch], TakeBatch]:
    """Declare the function that takes a batch from the table called `name`."""

    def declare(take_batch: TakeBatch) -> TakeBatch:
        _drains[name] = Drain(name=name, take_batch=take_batch, threads=threads)
        return take_batch

    return declare


def registered() -> list[Drain]:
    return list(_drains.values())


def wake(name: str) -> None:
    """Tell the drain that there is work; delivered when the current transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [channel(name)])


def channel(name: str) -> str:
    """The NOTIFY channel of a drain, for those who write with a connection of their own."""
    return f"drain_{name}"


def empty(name: str) -> int:
    """Take batches until nothing is due; returns how many rows were settled."""
    total = 0
    while settled := _drains[name].take_batch():
        total += settled
    return total


def run(stop: threading.Event) -> list[threading.Thread]:
    """Start the threads of each drain; they end soon after `stop` is set."""
    each_as_often = [each for each in registered() for _thread in range(each.threads)]
    threads = [threading.Thread(target=_run_one, args=(each, stop), name=each.name) for each in each_as_often]
    for thread in threads:
        thread.start()
    return threads


def _run_one(each: Drain, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            _listen_and_empty(each, stop)
        except (OperationalError, InterfaceError, psycopg.OperationalError) as error:
            log.warning("drain.database_away", drain=each.name, error=str(error).strip())
            stop.wait(RETRY_AFTER_SECONDS)
        except Exception:
            log.exception("drain.failed", drain=each.name)
            stop.wait(RETRY_AFTER_SECONDS)
        finally:
            close_old_connections()


def _listen_and_empty(each: Drain, stop: threading.Event) -> None:
    with psycopg.connect(address(), autocommit=True) as listener:
        listener.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(channel(each.name))))
        while not stop.is_set():
            _empty_until(each, stop)
            close_old_connections()
            _wait_for_work(listener, stop)


def _empty_until(each: Drain, stop: threading.Event) -> None:
    while not stop.is_set():
        faults.point("drains.before-batch")  # a batch is about to be taken
        settled = each.take_batch()
        faults.point("drains.after-batch")  # a batch is settled, the next not yet looked for
        if not settled:
            return


def _wait_for_work(listener: psycopg.Connection[object], stop: threading.Event) -> None:
    """Return at the first wake-up, after LOOK_EVERY_SECONDS, or when asked to stop."""
    for _half_second in range(int(LOOK_EVERY_SECONDS * 2)):
        if stop.is_set() or list(listener.notifies(timeout=0.5, stop_after=1)):
            return

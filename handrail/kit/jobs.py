"""Jobs: work that happens after the transaction, at least once. The only file that knows the job library."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, ParamSpec

from django.db import close_old_connections, connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from handrail.kit import faults

P = ParamSpec("P")

#: A worker that has not reported for this long counts as dead, and its jobs run again.
DEAD_AFTER_SECONDS = 30
#: How often a living worker reports.
HEARTBEAT_SECONDS = 5
#: A worker that is told to stop lets its jobs end for so long, less than its supervisor waits for it.
STOP_SECONDS = 5


class Job(Generic[P]):
    """A function that can be put into the queue within the caller's transaction."""

    def __init__(self, run: Callable[P, None], *, queue: str, retries: int) -> None:
        self.run = run
        retry = RetryStrategy(max_attempts=retries, exponential_wait=4) if retries else None
        name = f"{run.__module__}.{run.__qualname__}"
        self._task = app.task(name=name, queue=queue, retry=retry or False)(_with_fresh_connections(run))

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        self.run(*args, **kwargs)

    def defer(self, *, lane: str | None = None, due_at: datetime | None = None, **arguments: Any) -> None:
        """Queue the job in the current transaction.

        lane: jobs with the same lane run one at a time and in order.
        due_at: not before this moment.
        """
        faults.point("jobs.before-queueing")  # the job is not yet in the queue
        self._task.configure(lock=lane, schedule_at=due_at).defer(**arguments)
        faults.point("jobs.after-queueing")  # in the queue, its transaction still open

    def defer_many(self, batch: Sequence[Mapping[str, Any]]) -> None:
        """Queue the job once for each set of arguments, in one statement."""
        if batch:
            faults.point("jobs.before-queueing-many")  # none of the jobs is in the queue
            self._task.batch_defer(*[dict(arguments) for arguments in batch])
            faults.point("jobs.after-queueing-many")  # all are, their transaction still open


def job(*, queue: str = "default", retries: int = 5) -> Callable[[Callable[P, None]], Job[P]]:
    """Declare a job. It must accept unknown keyword arguments and survive being run twice."""

    def declare(run: Callable[P, None]) -> Job[P]:
        return Job(run, queue=queue, retries=retries)

    return declare


@dataclass(frozen=True, kw_only=True)
class WaitingJob:
    """A job that is queued. name: the module and name of its function."""

    id: int
    name: str
    arguments: dict[str, Any]


def waiting(*, name: str = "") -> list[WaitingJob]:
    """The queued jobs in the order they were queued; only those with that name when given."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [name, name])
        return [
            WaitingJob(id=key, name=task, arguments=json.loads(args)) for key, task, args in cursor.fetchall()
        ]


_WAITING = """
    SELECT id, task_name, args::text FROM procrastinate_jobs
     WHERE status = 'todo' AND (%s = '' OR task_name = %s) ORDER BY id
"""


def run_worker(*, concurrency: int = 4, until_empty: bool = False) -> None:
    """Run jobs until SIGTERM; with `until_empty` only until none is due."""
    asyncio.run(_work(concurrency=concurrency, until_empty=until_empty))


async def _work(*, concurrency: int, until_empty: bool) -> None:
    worker_connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(worker_connector) as worker_app:
        async with worker_app.open_async():
            await worker_app.run_worker_async(
                concurrency=concurrency,
                wait=not until_empty,
                install_signal_handlers=not until_empty,
                shutdown_graceful_timeout=STOP_SECONDS,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=DEAD_AFTER_SECONDS,
                fetch_job_polling_interval=5,
                delete_jobs="successful",
            )


def rescue_orphans() -> int:
    """Give back the jobs of workers that died while doing them; returns how many.

    A killed worker leaves its jobs in state "doing"; the library neither notices when the worker's row is
    already pruned nor when it was restarted. One statement, safe to run anywhere and at the same time.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RESCUE, [DEAD_AFTER_SECONDS])
        return int(cursor.rowcount)


_RESCUE = """
    UPDATE procrastinate_jobs
       SET status = 'todo', worker_id = NULL, abort_requested = false
     WHERE id IN (
        SELECT job.id
          FROM procrastinate_jobs job
          LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
         WHERE job.status = 'doing'
           AND (worker.id IS NULL OR worker.last_heartbeat < now() - %s * interval '1 second')
         FOR UPDATE OF job SKIP LOCKED)
"""


@contextmanager
def _fresh_connections() -> Iterator[None]:
    close_old_connections()
    try:
        yield
    finally:
        close_old_connections()


def _with_fresh_connections(run: Callable[P, None]) -> Callable[P, None]:
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        with _fresh_connections():
            faults.point("jobs.before-work")  # taken from the queue, not yet begun
            run(*args, **kwargs)
            faults.point("jobs.after-work")  # done, but not yet said so to the queue

    return wrapped

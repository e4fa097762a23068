"""The worker process: jobs, drains, companions, and the rescue of what dead workers left behind."""

import threading

import structlog
from django.db import DatabaseError, close_old_connections

from handrail.kit import clock, companions, drains, jobs, upkeep

log = structlog.get_logger()

#: How often orphaned jobs are looked for; with DEAD_AFTER_SECONDS this keeps take-over below a minute.
RESCUE_EVERY_SECONDS = 10.0


def run() -> None:
    """Work until SIGTERM or SIGINT; unfinished jobs return to the queue."""
    stop = threading.Event()
    threads = [*drains.run(stop), *companions.run(stop)]
    rescuer = threading.Thread(target=_rescue_now_and_then, args=(stop,), name="rescue")
    rescuer.start()
    try:
        _run_jobs_while_the_database_comes_and_goes(stop)
    finally:
        stop.set()
        for thread in [*threads, rescuer]:
            thread.join(timeout=8)


def _run_jobs_while_the_database_comes_and_goes(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            jobs.run_worker()
        except Exception as error:
            # The library ends with the connection; only a signal ends it without an exception.
            log.warning("worker.interrupted", error=str(error).strip())
            stop.wait(1.0)
        else:
            return


def _rescue_now_and_then(stop: threading.Event) -> None:
    pause = 0.0
    while not stop.wait(pause):
        pause = RESCUE_EVERY_SECONDS
        try:
            if rescued := jobs.rescue_orphans():
                log.warning("worker.rescued_jobs", count=rescued)
            upkeep.do_what_is_due(at=clock.now())
        except DatabaseError as error:
            log.warning("worker.rescue_waits", error=str(error).strip())
        except Exception:
            log.exception("worker.upkeep_failed")
        finally:
            close_old_connections()

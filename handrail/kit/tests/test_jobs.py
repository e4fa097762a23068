"""Jobs run at least once, whatever happens to the worker that took them."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection, transaction

from handrail.kit import faults, jobs
from handrail.kit.tests.sleeping_job import nod, sleep_once

pytestmark = pytest.mark.django_db(transaction=True)

TAKEN = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id) VALUES ('q', 't', 'doing', %s)"
)
SLEEPER = """
import django, os, threading
os.environ["DJANGO_SETTINGS_MODULE"] = "handrail.settings"
django.setup()
from django.db import connection
from handrail.kit.tests.sleeping_job import sleep_once
from handrail.kit import jobs
print("ready", flush=True)
jobs.run_worker()
"""


def doing() -> int:
    return _count("doing")


def _count(status: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = %s", [status])
        return int(cursor.fetchone()[0])


def test_a_rolled_back_transaction_queues_no_job():
    with transaction.atomic():
        sleep_once.defer()
        transaction.set_rollback(True)

    assert _count("todo") == 0


@pytest.mark.parametrize("worker_row", ["pruned", "silent"])
def test_R_007_the_job_of_a_dead_worker_runs_again(worker_row):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - interval '2 minutes') RETURNING id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute(TAKEN, [worker])
        if worker_row == "pruned":
            cursor.execute("DELETE FROM procrastinate_workers")

    assert jobs.rescue_orphans() == 1

    assert (_count("doing"), _count("todo")) == (0, 1)


def test_the_job_of_a_living_worker_is_left_alone():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        (worker,) = cursor.fetchone()
        cursor.execute(TAKEN, [worker])

    assert jobs.rescue_orphans() == 0


def test_R_007_a_job_whose_worker_is_killed_in_the_middle_runs_again(settings):
    sleep_once.defer()
    worker = _start_worker(settings.DATABASES["default"]["NAME"])
    _wait_for(lambda: doing() == 1)

    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    worker.communicate()
    with connection.cursor() as cursor:  # no need to wait until it grows old by itself
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")

    assert jobs.rescue_orphans() == 1
    assert _count("todo") == 1


@pytest.mark.parametrize("point", ["jobs.before-work", "jobs.after-work"])
def test_R_007_a_job_whose_worker_is_killed_before_or_after_it_runs_again(settings, point):
    nod.defer()
    database = settings.DATABASES["default"]["NAME"]
    worker = _start_worker(database, FAULT=f"{point}:1:kill", HANDRAIL_TEST_FAULTS="yes")

    assert worker.wait(timeout=60) == -9
    worker.communicate()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")

    assert jobs.rescue_orphans() == 1
    assert _count("todo") == 1


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("jobs.before-queueing", "jobs.before-queueing-many"),
        ("jobs.after-queueing", "jobs.after-queueing-many"),
    ],
)
def test_what_fails_while_jobs_are_queued_leaves_none(one, many):
    with faults.ordered(f"{one}:1:raise"), pytest.raises(faults.Fault), transaction.atomic():
        nod.defer()
    with faults.ordered(f"{many}:1:raise"), pytest.raises(faults.Fault), transaction.atomic():
        nod.defer_many([{}, {}])

    assert _count("todo") == 0


def _start_worker(database: str, **settings: str) -> subprocess.Popen[str]:
    from urllib.parse import urlsplit, urlunsplit

    parts = urlsplit(os.environ["DATABASE_URL"])
    environment = {**os.environ, "DATABASE_URL": urlunsplit(parts._replace(path=f"/{database}")), **settings}
    worker = subprocess.Popen(
        [sys.executable, "-c", SLEEPER], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout
    assert worker.stdout.readline() == "ready\n"
    return worker


def _wait_for(condition, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)

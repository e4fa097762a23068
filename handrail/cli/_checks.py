"""The doctor's questions about the machine, the database and the jobs."""

import shutil
import socket
import stat
import sys
from pathlib import Path

import psycopg

from handrail.cli._database import OLDEST_SERVER
from handrail.kit import clock
from handrail.kit.checks import Finding, check
from handrail.kit.postgres import database_url
from handrail.kit.settings import environment
from handrail.kit.supervision import HomeLock, PortProblem, check_port

OLDEST_PYTHON = (3, 11)
LEAST_FREE_GIGABYTES, MOST_USED_PERCENT = 1.0, 85.0
CLOCKS_APART_SECONDS = 5
LONGEST_WAIT_MINUTES = 5
WORKER_SILENT_SECONDS = 60


@check("python")
def python_is_new_enough() -> Finding:
    version = ".".join(str(number) for number in sys.version_info[:3])
    is_supported = sys.version_info >= OLDEST_PYTHON
    return Finding(said=version, mend="" if is_supported else "Install Python 3.11 or newer.")


@check("disk")
def the_disk_has_room() -> Finding:
    home = nearest_folder(environment.HANDRAIL_HOME)
    usage = shutil.disk_usage(home)
    free, used = usage.free / 2**30, 100 * usage.used / usage.total
    said = f"{free:.1f} GB free in {home} ({used:.0f} % used)"
    if free < LEAST_FREE_GIGABYTES:
        return Finding(said=said, mend="Make room, or move HANDRAIL_HOME to a larger disk.")
    if used >= MOST_USED_PERCENT:
        means = "Once it is full no mail is taken in: senders are told to come back later."
        return Finding(said=said, means=means, mend="Make room, or move HANDRAIL_HOME to a larger disk.")
    return Finding(said=said)


def nearest_folder(path: Path) -> Path:
    return path if path.exists() else nearest_folder(path.parent)


@check("secrets")
def secrets_are_ours_alone() -> Finding:
    names = ("secret.key", "database.url")
    found = [
        environment.HANDRAIL_HOME / name for name in names if (environment.HANDRAIL_HOME / name).exists()
    ]
    exposed = [path for path in found if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if exposed:
        listed = " ".join(str(path) for path in exposed)
        return Finding(said=f"others may read {listed}", mend=f"Run `chmod 600 {listed}`.")
    return Finding(said=f"{len(found)} files, readable by their owner alone")


@check("exposure")
def nothing_is_open_that_should_not_be() -> Finding:
    is_local = environment.HANDRAIL_HOST in ("127.0.0.1", "localhost", "::1")
    if environment.HANDRAIL_DEBUG and not is_local:
        return Finding(
            said="HANDRAIL_DEBUG is on and others reach this machine", mend="Unset HANDRAIL_DEBUG."
        )
    if not is_local and environment.HANDRAIL_BASE_URL.startswith("http://"):
        mend = "Put a proxy with TLS in front and set HANDRAIL_BASE_URL to its https address."
        return Finding(said=f"people use {environment.HANDRAIL_BASE_URL}, without encryption", mend=mend)
    return Finding(said=f"listens on {environment.HANDRAIL_HOST}")


@check("web")
def the_web_server_answers() -> Finding:
    return answers(environment.HANDRAIL_HOST, environment.HANDRAIL_PORT, "the web server", "HANDRAIL_PORT")


@check("smtp")
def the_mail_listener_answers() -> Finding:
    return answers(
        environment.HANDRAIL_SMTP_HOST,
        environment.HANDRAIL_SMTP_PORT,
        "the mail listener",
        "HANDRAIL_SMTP_PORT",
    )


def answers(host: str, port: int, what: str, setting: str) -> Finding:
    """While the desk is up somebody must listen there; while it is not, nobody may."""
    if not HomeLock(environment.HANDRAIL_HOME).is_held():
        try:
            check_port(host, port, what_for=what, setting=setting)
        except PortProblem as taken:
            return Finding(said=f"the desk is not up, yet port {port} is in use", mend=str(taken))
        return Finding(said=f"not up; port {port} is free")
    try:
        socket.create_connection((host, port), timeout=3).close()
    except OSError as refusal:
        return Finding(
            said=f"{what} does not answer on port {port} ({refusal})", mend="See HANDRAIL_HOME/logs."
        )
    return Finding(said=f"answers on port {port}")


@check("database")
def the_database_answers() -> Finding:
    try:
        with psycopg.connect(database_url(), connect_timeout=3) as connection:
            version = connection.info.server_version // 10000
            vector = one(
                connection, "SELECT default_version FROM pg_available_extensions WHERE name = 'vector'"
            )
            size = one(connection, "SELECT pg_size_pretty(pg_database_size(current_database()))")
    except psycopg.OperationalError as refusal:
        mend = (
            "Check DATABASE_URL and that server." if environment.DATABASE_URL else "Start it: `handrail up`."
        )
        return Finding(said=f"does not answer: {refusal}".strip().partition("\n")[0], mend=mend)
    said = f"PostgreSQL {version}, pgvector {vector or 'missing'}, {size}"
    if version < OLDEST_SERVER:
        return Finding(said=said, mend=f"Use PostgreSQL {OLDEST_SERVER} or newer.")
    return Finding(said=said, mend="" if vector else "Install the extension pgvector on that server.")


def one(connection: "psycopg.Connection[tuple[object, ...]]", question: str) -> object:
    row = connection.execute(question).fetchone()
    return row[0] if row else None


@check("clock", needs_database=True)
def the_clocks_agree() -> Finding:
    """Queues go by the database's clock, what people read by this machine's."""
    from django.db import connection  # app ready

    with connection.cursor() as cursor:
        before = clock.now()
        cursor.execute("SELECT clock_timestamp()")
        apart = abs((cursor.fetchone()[0] - before).total_seconds())
    if apart > CLOCKS_APART_SECONDS:
        return Finding(
            said=f"this machine and the database are {apart:.0f} seconds apart",
            means="Times on tickets are wrong; mail still leaves when it is due by the database's clock.",
            mend="Let both machines set their clocks by NTP.",
        )
    return Finding(said=f"{apart:.1f} seconds between this machine and the database")


@check("migrations", needs_database=True)
def the_database_has_this_versions_shape() -> Finding:
    from handrail.cli.migrate import steps_to_take  # app ready

    waiting = len(steps_to_take())
    return Finding(
        said=f"{waiting} steps are waiting" if waiting else "all done",
        mend="Run `handrail migrate`." if waiting else "",
    )


@check("workers", needs_database=True)
def a_worker_reports() -> Finding:
    from handrail.kit.backlog import backlog  # app ready

    seconds = backlog().seconds_since_report
    if seconds is None or seconds > WORKER_SILENT_SECONDS:
        if not HomeLock(environment.HANDRAIL_HOME).is_held() and not environment.DATABASE_URL:
            return Finding(said="none, as the desk is not up")
        return Finding(said="no worker reports", mend="Start `handrail worker`.")
    return Finding(said=f"the last report is {seconds} seconds old")


def give_back_stuck_jobs() -> None:
    from handrail.kit.jobs import rescue_orphans  # app ready

    rescue_orphans()


@check("jobs", needs_database=True, heal=give_back_stuck_jobs)
def jobs_are_done_in_time() -> Finding:
    """Due jobs should not wait, none should be at work for long, and none should have been given up."""
    from handrail.kit.backlog import STUCK_AFTER_MINUTES, backlog  # app ready

    now = backlog()
    said = (
        f"{now.due} due, {now.stuck} at work for more than {STUCK_AFTER_MINUTES} min, {now.given_up} given up"
    )
    if now.oldest_wait_minutes > LONGEST_WAIT_MINUTES:
        said = f"{said}; the oldest has waited {now.oldest_wait_minutes} min"
        return Finding(said=said, mend="Start more workers, or see what holds them up in worker.log.")
    if now.stuck:
        return Finding(said=said, mend="Restart the worker: it gives such jobs back to the queue.")
    if now.given_up:
        return Finding(said=said, mend="Look for their errors in HANDRAIL_HOME/logs/worker.log.")
    return Finding(said=said)

"""Start everything on this machine: database, web, live updates, worker and mail listener.

On first use it makes the database and, unless --empty, the demo company; then it prints one-time links to
sign in. Whatever dies is started again; Ctrl-C ends everything within ten seconds. Logs are in
HANDRAIL_HOME/logs.
"""

import argparse
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator

import handrail
from handrail.cli._complaint import Complaint
from handrail.cli._programs import programs
from handrail.cli._steps import step
from handrail.kit.postgres import Embedded
from handrail.kit.processes import dying_with_parent
from handrail.kit.settings import environment
from handrail.kit.supervision import HomeLock, PortProblem, Supervisor, check_port, end_leftovers

ANSWERS_WITHIN_SECONDS = 60


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--empty", action="store_true", help="no demo company: a link opens the set-up page")
    parser.add_argument(
        "--watch", action="store_true", help="for developers: rebuild the pages' looks on change"
    )


def run(options: argparse.Namespace) -> None:
    home = environment.HANDRAIL_HOME
    print(f"Handrail {handrail.__version__} in {home}", flush=True)
    lock = claim_home()
    try:
        check_ports()
        database = None if environment.DATABASE_URL else start_database()
        try:
            links = prepare(empty=options.empty)
            supervise(database, links, watch=options.watch)
        finally:
            if database is not None:
                database.stop(patience_seconds=2)
    finally:
        lock.release()


def claim_home() -> HomeLock:
    home = environment.HANDRAIL_HOME
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / "logs").mkdir(exist_ok=True, mode=0o700)
    except OSError as refusal:
        raise Complaint(
            f"The folder {home} cannot be used ({refusal.strerror}): set HANDRAIL_HOME to a folder of yours."
        ) from None
    lock = HomeLock(home)
    lock.take()
    if left := end_leftovers(home):
        print(f"  {left} processes of an earlier run were still there and have been ended", flush=True)
    return lock


def check_ports() -> None:
    wanted = [(environment.HANDRAIL_HOST, environment.HANDRAIL_PORT, "the web server", "HANDRAIL_PORT")]
    wanted += [
        (
            environment.HANDRAIL_SMTP_HOST,
            environment.HANDRAIL_SMTP_PORT,
            "the mail listener",
            "HANDRAIL_SMTP_PORT",
        )
    ]
    if not environment.HANDRAIL_MAIL_URL:
        wanted += [
            ("127.0.0.1", environment.HANDRAIL_CATCHALL_PORT, "the mail catch-all", "HANDRAIL_CATCHALL_PORT")
        ]
    ports = [port for _host, port, _what, _setting in wanted]
    if len(set(ports)) < len(ports):
        settings = ", ".join(setting for *_, setting in wanted)
        raise Complaint(f"Two of {settings} name the same port: give each its own.")
    if problems := list(_problems_of(wanted)):
        raise PortProblem("\n".join(problems))


def _problems_of(wanted: list[tuple[str, int, str, str]]) -> Iterator[str]:
    """All at once, so that nobody starts three times to hear of three."""
    for host, port, what_for, setting in wanted:
        try:
            check_port(host, port, what_for=what_for, setting=setting)
        except PortProblem as problem:
            yield str(problem)


def start_database() -> Embedded:
    database = Embedded(environment.HANDRAIL_HOME)
    with step("database") as doing:
        database.start()
        elsewhere = database.place.root != database.place.home
        why = f" (its account may not enter {database.place.home})" if elsewhere else ""
        doing.note(f"PostgreSQL in {database.place.data}{why}")
    return database


def prepare(*, empty: bool) -> str:
    """Migrations and the demo in a process of their own, so that this one stays small; returns the links."""
    with tempfile.TemporaryFile("w+") as links:
        command = [sys.executable, "-m", "handrail", "prepare", f"--links-to={links.fileno()}"]
        command += ["--empty"] if empty else []
        tie = dying_with_parent(signal.SIGTERM)
        finished = subprocess.run(command, pass_fds=(links.fileno(),), preexec_fn=tie, check=False)  # noqa: S603
        if finished.returncode != 0:
            raise SystemExit(finished.returncode)
        links.seek(0)
        return links.read()


def supervise(database: Embedded | None, links: str, *, watch: bool) -> None:
    began = time.monotonic()
    home = environment.HANDRAIL_HOME
    supervisor = Supervisor(programs(database, home=home, watch=watch), logs=home / "logs", say=say)
    if database is not None and database.process is not None:
        supervisor.children[0].adopt(database.process)
    supervisor.run(when_started=in_background(lambda: welcome(began, links)))
    print("  stopped", flush=True)


def say(name: str, line: str) -> None:
    print(f"  {time.strftime('%H:%M:%S')} {name:<9} {line}", flush=True)


def in_background(work: Callable[[], None]) -> Callable[[], None]:
    return threading.Thread(target=work, daemon=True).start


def welcome(began: float, links: str) -> None:
    """When the desk answers: its address, and the ways in."""
    if not wait_for_answer():
        logs = environment.HANDRAIL_HOME / "logs"
        print(f"  The desk does not answer yet: see what {logs / 'web.log'} says.", flush=True)
    print(f"  {'web and worker':<14}{time.monotonic() - began:6.1f} s", flush=True)
    print(f"\n  {environment.HANDRAIL_BASE_URL}   (Ctrl-C stops everything)\n{links}", flush=True)


def wait_for_answer() -> bool:
    import http.client  # slow import

    deadline = time.monotonic() + ANSWERS_WITHIN_SECONDS
    host = environment.HANDRAIL_HOST if environment.HANDRAIL_HOST != "0.0.0.0" else "127.0.0.1"  # noqa: S104
    while time.monotonic() < deadline:
        try:
            caller = http.client.HTTPConnection(host, environment.HANDRAIL_PORT, timeout=5)
            caller.request("HEAD", "/")
            caller.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False

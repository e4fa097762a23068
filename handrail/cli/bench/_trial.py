"""A trial desk: a database of its own on the server that is at hand, processes on it, and what they cost."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from handrail.cli._complaint import Complaint
from handrail.cli._database import database_at_hand
from handrail.kit.postgres import database_url
from handrail.kit.settings import environment

#: Who leads every desk that `handrail bench load` made.
LEADER = "agent1@bench.example"
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class Trial:
    """The trial desk; `start` runs one of our commands on it."""

    def __init__(self, url: str, home: Path) -> None:
        self.url, self.home = url, home
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def run(self, *arguments: str, **settings: str) -> None:
        """One command to its end."""
        subprocess.run(self._command(*arguments), env=self._around(settings), check=True)  # noqa: S603

    def said(self, *arguments: str, **settings: str) -> str:
        """What one command prints."""
        command = self._command(*arguments)
        done = subprocess.run(command, env=self._around(settings), check=True, capture_output=True, text=True)  # noqa: S603
        return done.stdout

    def start(self, name: str, **settings: str) -> None:
        """A process that goes on until the trial ends."""
        self.processes[name] = subprocess.Popen(  # noqa: S603
            self._command(name), env=self._around(settings), stderr=subprocess.DEVNULL
        )

    def ask(self, question: str) -> int:
        """The single number that a query answers."""
        with psycopg.connect(self.url) as connection:
            row = connection.execute(question.encode()).fetchone()
        return int(row[0]) if row else 0

    def cpu_seconds(self) -> dict[str, float]:
        """What each process, this one and the database have used so far, as far as they run here."""
        used = {name: _cpu_of(process.pid) for name, process in self.processes.items()}
        with psycopg.connect(self.url) as connection:
            rows = connection.execute("SELECT pid FROM pg_stat_activity").fetchall()
        used["database"] = sum(_cpu_of(pid) for (pid,) in rows)
        used["sender"] = sum(os.times()[:2])
        return used

    def megabytes(self) -> dict[str, float]:
        """What each process holds now, its children included."""
        return {name: round(_memory_of(process.pid), 1) for name, process in self.processes.items()}

    def end(self) -> None:
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "handrail", *arguments]

    def _around(self, settings: dict[str, str]) -> dict[str, str]:
        own = {"DATABASE_URL": self.url, "HANDRAIL_HOME": str(self.home), "HANDRAIL_LOG_LEVEL": "warning"}
        own |= {"HANDRAIL_MAIL_HELD_AFTER": "0", "HANDRAIL_SMTP_OF_SENDER": "0"}  # one sender brings all
        return os.environ | own | settings


@contextmanager
def trial() -> Iterator[Trial]:
    """A migrated trial desk that is gone afterwards."""
    with database_at_hand(), tempfile.TemporaryDirectory(prefix="handrail-bench-") as home:
        server = database_url()
        name = f"handrail_bench_{secrets.token_hex(4)}"
        _say(server, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        found = Trial(urlunsplit(urlsplit(server)._replace(path=f"/{name}")), Path(home))
        try:
            found.run("migrate")
            yield found
        finally:
            found.end()
            _say(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def loaded_desk() -> Iterator[Trial]:
    """The desk at hand, which must be one that `handrail bench load` made: the benches write into it."""
    with database_at_hand():
        found = Trial(database_url(), environment.HANDRAIL_HOME)
        if not found.ask(f"SELECT count(*) FROM accounts_user WHERE email = '{LEADER}'"):  # noqa: S608
            raise Complaint("This writes into the desk: it is for one that `handrail bench load` made.")
        try:
            yield found
        finally:
            found.end()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _say(server: str, statement: sql.Composed) -> None:
    try:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        raise Complaint("The database's role may not make databases: a trial needs one of its own.") from None


def _cpu_of(pid: int) -> float:
    """Seconds of CPU that a process and its children have used; 0 when it does not run on this machine."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return 0.0
    own = sum(int(field) for field in fields[11:15]) / TICKS_PER_SECOND  # with children that have ended
    return own + sum(_cpu_of(int(child)) for children in lists for child in children.split())


def _memory_of(pid: int) -> float:
    """Megabytes that a process and its children hold; 0 when it does not run on this machine."""
    try:
        resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return 0.0
    return resident / 2**20 + sum(_memory_of(int(child)) for children in lists for child in children.split())

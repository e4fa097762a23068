"""The embedded PostgreSQL: made on first use, started, watched, stopped; one owner process at a time."""

import os
import secrets
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from handrail.kit.postgres import claim
from handrail.kit.postgres.account import Account, account_for_database
from handrail.kit.postgres.engine import Engine, engine_for
from handrail.kit.postgres.place import Place, place_for, socket_folder
from handrail.kit.postgres.problems import DatabaseProblem, DiskFull, PortTaken, StillStopping
from handrail.kit.postgres.tuning import options
from handrail.kit.processes import dying_with_parent

ROLE = DATABASE = "handrail"
NEEDED_AT_FIRST_MEGABYTES = 300
NEEDED_LATER_MEGABYTES = 50  # less: with the disk nearly full, what is there must still be readable


class Embedded:
    """The database in one home folder.

    tcp_port: listen there on 127.0.0.1 as well as on the socket.
    durable: False for tests, where a power cut may lose everything.
    """

    def __init__(self, home: Path, *, tcp_port: int | None = None, durable: bool = True) -> None:
        self.home, self.tcp_port, self.durable = home, tcp_port, durable
        self.process: subprocess.Popen[bytes] | None = None
        self.log_began = 0

    @cached_property
    def account(self) -> Account:
        return account_for_database()

    @cached_property
    def place(self) -> Place:
        return place_for(self.home, self.account)

    @cached_property
    def engine(self) -> Engine:
        return engine_for(self.account, copies=self.place.root)

    def command(self, name: str) -> Path:
        """The path of a PostgreSQL program such as pg_dump."""
        return self.engine.command(name)

    def start(self, *, patience_seconds: float = 30) -> str:
        """Starts the server, waits until it answers, and returns its URL. Raises a DatabaseProblem."""
        deadline = time.monotonic() + patience_seconds
        while True:
            try:
                self.spawn(patience_seconds=max(deadline - time.monotonic(), 1))
                self.wait_until_ready(deadline)
                break
            except StillStopping:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.3)
        make_database(self.url)
        return self.url

    def spawn(self, *, patience_seconds: float = 1) -> subprocess.Popen[bytes]:
        """Starts the server without waiting for it: a supervisor calls this again when it has died."""
        self.check_room()
        lock = claim.claim(self.place, patience_seconds=patience_seconds)
        try:
            self.make_cluster()
            self.process = self.launch(lock)
        finally:
            os.close(lock)
        return self.process

    def check_room(self) -> None:
        free = shutil.disk_usage(self.place.root).free // 2**20
        needed = NEEDED_LATER_MEGABYTES if self.place.data.exists() else NEEDED_AT_FIRST_MEGABYTES
        if free < needed:
            raise DiskFull(
                f"Only {free} MB are free for the database in {self.place.root}: make room for at least "
                f"{needed} MB, or set HANDRAIL_HOME to a folder on another disk."
            )

    def make_cluster(self) -> None:
        """Makes the data folder on first use, and gives the account a new password where ours was lost."""
        if self.place.data.exists():
            self.account.own(self.place.data)
            if not self.kept_password():
                self.set_password(self.keep_url())
        else:
            self.initialise()

    def initialise(self) -> None:
        """Made beside its place and then renamed: a power cut leaves a whole data folder or none."""
        draft = self.place.data.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.account.own(draft)
        password = self.keep_url(self.kept_password())
        pwfile = os.memfd_create("password")
        os.write(pwfile, password.encode() + b"\n")
        os.lseek(pwfile, 0, os.SEEK_SET)
        os.fchmod(pwfile, 0o400)
        os.fchown(pwfile, self.account.uid, self.account.gid)
        command = [str(self.command("initdb")), f"--pgdata={draft}", f"--username={ROLE}", "--encoding=UTF8"]
        command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"]
        command += ["--auth=scram-sha-256", f"--pwfile=/proc/self/fd/{pwfile}", "--no-instructions"]
        command += [] if self.durable else ["--no-sync"]
        try:
            self.run(command, pass_fds=(pwfile,))
        finally:
            os.close(pwfile)
        draft.rename(self.place.data)

    def set_password(self, password: str) -> None:
        command = [str(self.command("postgres")), "--single", "-D", str(self.place.data), "postgres"]
        self.run(command, spoken=f"ALTER ROLE {ROLE} PASSWORD '{password}'\n")

    def run(self, command: list[str], *, spoken: str = "", pass_fds: tuple[int, ...] = ()) -> None:
        """Runs one of the engine's programs to its end as the database's account."""
        ways = self.account.popen_options
        ways.pop("stdin")
        finished = subprocess.run(  # noqa: S603
            command,
            input=spoken,
            text=True,
            capture_output=True,
            cwd=self.place.data.parent,
            env=self.surroundings,
            pass_fds=pass_fds,
            **ways,
        )
        if finished.returncode != 0:
            raise self.explain(finished.stderr)

    def launch(self, lock: int) -> subprocess.Popen[bytes]:
        folder = socket_folder(self.place, self.account)
        self.keep_url(self.kept_password(), folder)
        # We hold the lock, so whatever these say of a living server is stale: after a power cut its old
        # process id may be another's by now, and PostgreSQL would not start.
        for stale in [self.place.data / "postmaster.pid", *folder.glob(".s.PGSQL.*")]:
            stale.unlink(missing_ok=True)
        command = [str(self.command("postgres")), "-D", str(self.place.data)]
        for name, chosen in options(
            socket_folder=folder, tcp_port=self.tcp_port, durable=self.durable
        ).items():
            command += ["-c", f"{name}={chosen}"]
        with self.place.log.open("ab") as log:
            self.log_began = log.tell()
            return subprocess.Popen(  # noqa: S603
                command,
                stdout=log,
                stderr=log,
                cwd=self.place.data,
                env=self.surroundings,
                pass_fds=(lock,),
                process_group=0,
                preexec_fn=dying_with_parent(signal.SIGINT),
                **self.account.popen_options,
            )

    def wait_until_ready(self, deadline: float) -> None:
        """Until the server says so in its own pid file; raises what its log says when it ends instead."""
        while not self.is_ready():
            if self.process is not None and self.process.poll() is not None:
                raise self.explain(self.last_words())
            if time.monotonic() > deadline:
                raise DatabaseProblem(f"PostgreSQL did not get ready in time: see {self.place.log}.")
            time.sleep(0.02)

    def is_ready(self) -> bool:
        with suppress(OSError, IndexError):
            lines = (self.place.data / "postmaster.pid").read_text().split("\n")
            return lines[7].strip() == "ready"
        return False

    def is_running(self) -> bool:
        """Whether this database answers, no matter which process looks after it."""
        return self.place.lock.exists() and claim.is_claimed(self.place) and self.is_ready()

    def stop(self, *, patience_seconds: float = 15, others_may_finish_seconds: float = 0) -> None:
        """Ends the server in good order: open sessions are cut, everything committed is on disk.

        others_may_finish_seconds: before that, sessions that are open may go on for so long.
        """
        process, self.process = self.process, None
        if process is None:
            return
        ways = [(signal.SIGTERM, others_may_finish_seconds)] if others_may_finish_seconds else []
        ways += [(signal.SIGINT, patience_seconds), (signal.SIGQUIT, 3.0), (signal.SIGKILL, 3.0)]
        for how, seconds in ways:
            with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                process.send_signal(how)
                process.wait(timeout=seconds)
                return

    @property
    def url(self) -> str:
        return self.place.url.read_text().strip()

    def keep_url(self, password: str = "", folder: Path | None = None) -> str:
        """Writes the address for other processes, readable by us alone; returns the password in it."""
        password = password or secrets.token_urlsafe(24)
        host = (
            f"127.0.0.1:{self.tcp_port}/{DATABASE}" if self.tcp_port else f"/{DATABASE}?host={folder or ''}"
        )
        draft = self.place.url.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(f"postgresql://{ROLE}:{password}@{host}\n")
        draft.rename(self.place.url)
        return password

    def kept_password(self) -> str:
        """The password in the address we keep; empty when there is none."""
        return self.url.partition(f"{ROLE}:")[2].partition("@")[0] if self.place.url.exists() else ""

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment of the database's processes: nothing of ours, no translated messages."""
        return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": "/"}

    def last_words(self) -> str:
        with self.place.log.open("rb") as log:
            log.seek(self.log_began)
            return log.read()[-4000:].decode(errors="replace")

    def explain(self, words: str) -> DatabaseProblem:
        """One sentence for what PostgreSQL said when it gave up."""
        if "No space left on device" in words:
            return DiskFull(f"The disk of {self.place.root} is full: make room, then start again.")
        if "Address already in use" in words:
            return PortTaken(f"The database cannot use port {self.tcp_port}: another program has it.")
        if "pre-existing shared memory" in words or "is being used" in words:
            return StillStopping("The database of an earlier run has not stopped yet: try again soon.")
        lines = [
            line for line in words.splitlines() if "FATAL" in line or "PANIC" in line or "error:" in line
        ]
        said = (lines or words.splitlines() or ["nothing"])[0].partition("FATAL:  ")
        return DatabaseProblem(
            f"PostgreSQL did not start: it said “{(said[2] or said[0]).strip()}” (see {self.place.log})."
        )


def make_database(url: str) -> None:
    """Makes our database in a new cluster; one that is there stays as it is."""
    import psycopg  # slow import

    with psycopg.connect(url, dbname="postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")

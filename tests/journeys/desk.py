"""A whole desk, running as `handrail up` runs it, for the journeys that need real processes."""

import http.client
import os
import re
import signal
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg

from handrail.kit.postgres import stencil
from tests.ports import free_ports

STARTS_WITHIN_SECONDS = 240
LOADS_WITHIN_SECONDS = 400
STOPS_WITHIN_SECONDS = 60


class Desk:
    """One running installation with a home of its own."""

    starts_within_seconds = STARTS_WITHIN_SECONDS
    web_workers = 1  # the journeys in a browser have two, and so have the trials

    def __init__(self, home: Path, *, database_url: str = "") -> None:
        self.home = home
        self._database_url = database_url
        self.port, self.smtp_port, self.catchall_port = free_ports(3)
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("HANDRAIL_", "DATABASE_URL"))
        }
        return kept | {
            "HANDRAIL_HOME": str(self.home),
            "HANDRAIL_PORT": str(self.port),
            "HANDRAIL_SMTP_PORT": str(self.smtp_port),
            "HANDRAIL_CATCHALL_PORT": str(self.catchall_port),
            "HANDRAIL_WEB_WORKERS": str(self.web_workers),
            "HANDRAIL_UNDO_SECONDS": "1",
            "HANDRAIL_MAIL_HELD_AFTER": "0",
            "HANDRAIL_SMTP_OF_SENDER": "0",
            "DATABASE_URL": self._database_url,
        }

    @property
    def database_url(self) -> str:
        return self._database_url or (self.home / "database.url").read_text().strip()

    def start(self, *, with_demo: bool = False) -> None:
        """Run `handrail up` and return when its first page answers."""
        log = (self.home / "up.log").open("ab")
        command = [sys.executable, "-m", "handrail", "up", *([] if with_demo else ["--empty"])]
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        wait = LOADS_WITHIN_SECONDS if with_demo else self.starts_within_seconds
        wait_until(self.answers, seconds=wait, otherwise=self.last_words)

    def stop(self) -> None:
        """Ctrl-C; that everything is gone within ten seconds is proven where `up` is tested."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=STOPS_WITHIN_SECONDS)
        self.process = None

    def answers(self) -> bool:
        caller = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            caller.request("GET", "/")
            return caller.getresponse().status < 500
        except OSError:
            return False
        finally:
            caller.close()

    def last_words(self) -> str:
        logs = [*sorted(self.home.glob("logs/*.log")), self.home / "up.log"]
        return "\n".join(
            f"== {log.name}\n{log.read_text(errors='replace')[-1500:]}" for log in logs if log.exists()
        )

    def run(self, *arguments: str) -> str:
        """One command of the command line against this desk."""
        command = [sys.executable, "-m", "handrail", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def python(self, code: str) -> str:
        """Run a piece of Python inside this desk."""
        start = (
            "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'handrail.settings'; django.setup()\n"
        )
        command = [sys.executable, "-c", start + code]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def way_in(self, email: str) -> str:
        """A one-time sign-in link."""
        found = re.search(r"http\S+", self.run("sign-in", email))
        assert found
        return found.group()

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Ask the desk's database; waits while it comes back after a crash."""
        for _attempt in range(400):
            try:
                with psycopg.connect(self.database_url) as connection:
                    return connection.execute(query, parameters).fetchall()
            except psycopg.OperationalError:
                time.sleep(0.3)
        raise AssertionError("the database did not come back")

    def value(self, query: str, *parameters: Any) -> Any:
        return self.rows(query, *parameters)[0][0]

    def hand_in(
        self, raw: bytes, *, sender: str = "someone@writes.example", to: str = "support@harbour.example"
    ) -> None:
        """Send raw bytes by SMTP as another mail server would: again and again until it is accepted."""
        for _attempt in range(600):
            try:
                with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=20) as server:
                    server.sendmail(sender, [to], raw)
                    return
            except (OSError, smtplib.SMTPException) as refusal:
                if isinstance(
                    refusal, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError
                ) and not _temporary(refusal):
                    raise
                time.sleep(0.2)
        raise AssertionError("the mail listener did not come back")

    def kill(self, program: str) -> None:
        """kill -9 of one of the programs: web, worker, smtp or database."""
        for process in self._processes(program):
            process.kill()

    def _processes(self, program: str) -> Sequence[psutil.Process]:
        assert self.process is not None
        children = psutil.Process(self.process.pid).children(recursive=True)
        word = "postgres" if program == "database" else program
        return [child for child in children if word in _words_of(child)]


def _words_of(process: psutil.Process) -> list[str]:
    try:
        words = process.cmdline()
    except psutil.Error:
        return []
    return [Path(words[0]).name.partition(":")[0], *words[1:]] if words else []


def _temporary(refusal: Exception) -> bool:
    if isinstance(refusal, smtplib.SMTPDataError):
        return 400 <= refusal.smtp_code < 500
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _ in refusal.recipients.values())
    return True


def wait_until(
    condition: Callable[[], object],
    *,
    seconds: float = 90,
    otherwise: Callable[[], str] = lambda: "it did not happen",
) -> None:
    """Return when the condition holds; fail with a reason after so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, otherwise()
        time.sleep(0.1)


#: The smallest company that can be written to: a brand with a mailbox, Nadia, Omar and Ada.
SMALL_COMPANY = """
from handrail.accounts import roles
from handrail.accounts.models import Brand, User
from handrail.channels.email.models import EmailAccount
from handrail.kit import clock
from handrail.team.models import Agent, Team

now = clock.now()
built_in = roles.ensure_built_in()
harbour = Brand.objects.create(key="harbour", name="Harbour Parcels")
parcels = Team.objects.create(key="parcels", name="Parcels", brand=harbour)
EmailAccount.open(
    address="support@harbour.example", display_name="Harbour Parcels",
    brand=harbour, team=parcels, by=None, at=now,
)
for name, role in [("Nadia Haddad", "agent"), ("Omar Benali", "agent"), ("Ada Moreno", "admin")]:
    email = f"{name.split()[0].lower()}@harbour.example"
    user = User.objects.invite(email=email, name=name, role=built_in[role], brands=[harbour], at=now)
    Agent.welcome(user=user, teams=[parcels], at=now)
"""


@contextmanager
def running_desk(home: Path, *, database_url: str = "") -> Iterator[Desk]:
    """A desk with the small company, stopped at the end whatever happened."""
    home.chmod(0o755)
    if not database_url:
        stencil.lay_out(home)
    desk = Desk(home, database_url=database_url)
    try:
        desk.start()
        desk.python(SMALL_COMPANY)
        yield desk
    finally:
        desk.stop()

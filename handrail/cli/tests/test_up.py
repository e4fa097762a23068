"""`handrail up` as people run it: the whole desk in processes of its own, killed in every way."""

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from handrail.kit.processes import is_alive, processes_marked, processes_working_in
from handrail.kit.supervision.program import MARK
from tests.ports import free_ports

pytestmark = [pytest.mark.running, pytest.mark.xdist_group("up")]  # they share one desk


class Desk:
    """One home folder and its ports; `up` starts it, `run` runs other commands on it."""

    def __init__(self, home):
        self.home = home
        self.port, *others = free_ports(3)
        names = ["HANDRAIL_SMTP_PORT", "HANDRAIL_CATCHALL_PORT"]
        clean = {name: text for name, text in os.environ.items() if not name.startswith("HANDRAIL_")}
        clean.pop("DATABASE_URL", None)
        self.settings = clean | {name: str(port) for name, port in zip(names, others, strict=True)}
        self.settings |= {"HANDRAIL_HOME": str(home), "HANDRAIL_PORT": str(self.port)}
        self.process: subprocess.Popen[bytes]
        self.welcomes = 0

    def up(self):
        command = [sys.executable, "-m", "handrail", "up", "--empty"]
        with (self.home / "said.txt").open("ab") as said:
            self.process = subprocess.Popen(command, env=self.settings, stdout=said, stderr=said)
        self.welcomes += 1  # an answer alone might still come from the one before
        self.wait_until(lambda: self.said().count("Ctrl-C stops") == self.welcomes, seconds=120)

    def said(self):
        return (self.home / "said.txt").read_text()

    def run(self, *arguments, **more):
        command = [sys.executable, "-m", "handrail", *arguments]
        return subprocess.run(command, env=self.settings | more, capture_output=True, text=True, timeout=180)

    def answers(self):
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as caller:
                caller.request("GET", "/")
                return caller.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False

    def pid_of(self, name):
        """The process of a program; of the database its first one."""
        if name == "database":
            file = self.home / "postgres-18" / "postmaster.pid"
            return int(file.read_text().split()[0]) if file.exists() else 0
        for pid in processes_marked(MARK, str(self.home)):
            if command_of(pid)[1:4] == ["-m", "handrail", name] and parent_of(pid) == self.process.pid:
                return pid
        return 0

    def wait_until(self, is_so, *, seconds=180):
        deadline = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def everything(self):
        return processes_marked(MARK, str(self.home)) + processes_working_in(self.home / "postgres-18")


def command_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:  # it has just ended
        return []


def parent_of(pid):
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # it has just ended
        return 0


@pytest.fixture(scope="module")
def desk():
    home = Path(tempfile.mkdtemp(prefix="handrail-up-"))
    home.chmod(0o711)
    desk = Desk(home)
    try:
        desk.up()
        yield desk
    finally:
        desk.process.send_signal(signal.SIGINT)
        desk.process.wait(timeout=60)
        shutil.rmtree(home)


def test_it_says_each_step_with_its_seconds_and_the_link_to_set_it_up(desk):
    desk.wait_until(lambda: "/setup/" in desk.said())

    for step in ("database", "migrate", "web and worker"):
        assert re.search(rf"^  {step} +\d+\.\d s", desk.said(), re.MULTILINE)
    assert f"http://127.0.0.1:{desk.port}   (Ctrl-C stops everything)" in desk.said()


def test_a_second_one_is_told_in_one_sentence(desk):
    second = desk.run("up")

    assert second.returncode == 1
    assert second.stderr == (
        f"handrail: Handrail already runs from {desk.home} (process {desk.process.pid}): "
        "stop it first, or set HANDRAIL_HOME to another folder.\n"
    )


def test_all_taken_ports_are_said_before_anything_starts(desk):
    with tempfile.TemporaryDirectory() as home:
        other = desk.run("up", HANDRAIL_HOME=home)

        assert other.returncode == 1
        assert other.stderr.startswith(f"handrail: Port {desk.port}, which the web server needs, is taken")
        settings = ("HANDRAIL_PORT=", "HANDRAIL_SMTP_PORT=", "HANDRAIL_CATCHALL_PORT=")
        assert all(setting in other.stderr for setting in settings)
        assert sorted(path.name for path in Path(home).iterdir()) == ["logs", "up.lock"]


@pytest.mark.parametrize("name", ["web", "worker", "smtp", "database"])
def test_what_is_killed_comes_back(desk, name):
    desk.wait_until(lambda: desk.pid_of(name))
    killed = desk.pid_of(name)

    os.kill(killed, signal.SIGKILL)

    desk.wait_until(lambda: desk.pid_of(name) not in (0, killed))
    desk.wait_until(desk.answers)
    assert not is_alive(killed)


def test_the_doctor_finds_it_well(desk):
    """Except that an empty desk has no mailbox yet, which it says."""

    def problems():
        return [
            entry["check"] for entry in json.loads(desk.run("doctor", "--json").stdout) if not entry["ok"]
        ]

    desk.wait_until(lambda: problems() == ["mailboxes"])


def test_a_backup_is_made_while_it_runs_but_nothing_is_restored_under_it(desk):
    file = desk.home / "backup.tar"

    assert desk.run("backup", str(file)).returncode == 0
    refused = desk.run("restore", "--replace", str(file))
    assert refused.returncode == 1
    assert "already runs from" in refused.stderr


def test_a_backup_brings_everything_back_elsewhere(desk):
    question = "from handrail.accounts.models import SignInLink; print(SignInLink.objects.count())"
    file = desk.home / "backup.tar"
    (desk.home / "files").mkdir(exist_ok=True)
    (desk.home / "files" / "letter").write_text("Dear Nadia")
    assert desk.run("backup", str(file)).returncode == 0
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        home = Path(folder) / "home"
        restored = desk.run("restore", str(file), HANDRAIL_HOME=str(home))
        assert restored.returncode == 0, restored.stderr

        again = desk.run("restore", str(file), HANDRAIL_HOME=str(home))
        assert again.returncode == 1
        assert (
            again.stderr == "handrail: The database is not empty: give --replace to delete what is in it.\n"
        )
        assert (home / "files" / "letter").read_text() == "Dear Nadia"
        assert (home / "secret.key").read_text() == (desk.home / "secret.key").read_text()
        there = desk.run("shell", "-c", question, HANDRAIL_HOME=str(home))
        assert there.stdout == desk.run("shell", "-c", question).stdout
        assert int(there.stdout) >= 1


def test_when_it_is_killed_nothing_of_it_stays_and_the_next_start_simply_works(desk):
    desk.process.kill()
    desk.process.wait()

    desk.up()

    desk.wait_until(lambda: [pid for pid in desk.everything() if parent_of(pid) == 1] == [])
    assert desk.answers()


def test_everything_killed_at_once_as_by_a_power_cut_starts_again(desk):
    for pid in [desk.process.pid, *desk.everything()]:
        with suppress(ProcessLookupError):  # the kernel was faster: it ends children with their parent
            os.kill(pid, signal.SIGKILL)
    desk.process.wait()

    desk.up()

    assert desk.answers()


def test_asked_to_stop_it_ends_everything_within_ten_seconds(desk):
    desk.wait_until(lambda: desk.pid_of("worker"))
    began = time.monotonic()
    desk.process.send_signal(signal.SIGINT)
    desk.process.wait(timeout=60)

    assert time.monotonic() - began < 10
    assert desk.everything() == []
    assert desk.said().endswith("stopped\n")
    desk.up()

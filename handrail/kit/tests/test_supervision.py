"""The supervisor, with real processes: restarts, ends, orphans, a second one, taken ports, logs."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from handrail.kit.processes import is_alive, processes_marked
from handrail.kit.supervision import AlreadyUp, HomeLock, PortProblem, check_port, command, end_leftovers
from handrail.kit.supervision.child import Child, has_ended
from handrail.kit.supervision.logbook import LARGEST_BYTES, Logbook, brief
from handrail.kit.supervision.program import MARK

# Runs two programs: a worker with a child of its own that ignores SIGTERM, and a mule that ignores it itself.
DESK = """
import sys
from pathlib import Path
from handrail.kit.supervision import HomeLock, Supervisor, command, end_leftovers
home = Path(sys.argv[1])
lock = HomeLock(home)
lock.take()
end_leftovers(home, patience_seconds=0.3)
deaf = "trap : TERM; while :; do sleep 0.1; done"
scripts = {
    "worker": f'echo $$ > worker.pid; sh -c "echo \\\\$\\\\$ > child.pid; {deaf}" & wait',
    "mule": f"echo $$ > mule.pid; echo born; {deaf}",
}
programs = [command(name, ["sh", "-c", f"cd {home}; {text}"], home=home) for name, text in scripts.items()]
say = lambda name, line: print(name, line, flush=True)
supervisor = Supervisor(programs, logs=home, say=say, patience_seconds=0.5)
supervisor.run(when_started=lambda: print("started", flush=True))
print("all ended", flush=True)
"""
NAMES = ("worker", "child", "mule")


@pytest.fixture
def home():
    folder = Path(tempfile.mkdtemp(prefix="handrail-supervision-"))
    yield folder
    end_leftovers(folder, patience_seconds=0)
    shutil.rmtree(folder)


@pytest.fixture
def desk(home):
    with start_desk(home) as supervisor:
        yield supervisor
        supervisor.kill()


def hear_hanging_up():
    """Even where the tests themselves were started so that they ignore it."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def start_desk(home):
    command = [sys.executable, "-c", DESK, str(home)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=hear_hanging_up)


def pid_of(home, name, *, other_than=0):
    """The id that a program wrote down; of its next life, when the one of the last is given."""

    def read():
        text = (home / f"{name}.pid").read_text() if (home / f"{name}.pid").exists() else ""
        return int(text) if text.endswith("\n") else 0

    wait_until(lambda: read() not in (0, other_than))
    return read()


def wait_until(is_so, *, seconds=60):
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_a_killed_program_is_started_again_and_its_own_children_are_ended(home, desk):
    worker, child = pid_of(home, "worker"), pid_of(home, "child")

    os.kill(worker, signal.SIGKILL)

    assert is_alive(pid_of(home, "worker", other_than=worker))
    assert is_alive(pid_of(home, "child", other_than=child))
    assert not is_alive(child)


def test_a_program_that_keeps_dying_is_started_less_and_less_often(home, desk):
    pauses = []
    for _life in range(3):
        worker = pid_of(home, "worker")
        killed_at = time.monotonic()
        os.kill(worker, signal.SIGKILL)
        pid_of(home, "worker", other_than=worker)
        pauses.append(time.monotonic() - killed_at)

    assert [pause > at_least for pause, at_least in zip(pauses, (0.2, 0.4, 0.8), strict=True)] == [True] * 3


def test_the_pause_of_what_keeps_dying_doubles_and_ends_growing_at_five_seconds(tmp_path):
    said: list[str] = []
    mayfly = command("mayfly", ["true"], home=tmp_path)
    child = Child(mayfly, Logbook(tmp_path / "mayfly.log", say=said.append), said.append)
    pauses = []
    for _life in range(7):
        pauses.append(child.pause_seconds)
        child.start()
        assert child.process
        pid = child.process.pid
        wait_until(lambda pid=pid: has_ended(pid))
        child.notice_end()
    child.close_output()

    assert said == ["ended (in good order)"] * 7
    assert pauses == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_ends_everything_even_what_does_not_listen(home, desk, how):
    pids = [pid_of(home, name) for name in NAMES]

    desk.send_signal(how)

    assert desk.wait(timeout=60) == 0
    assert desk.stdout.read().endswith("all ended\n")
    assert [pid for pid in pids if is_alive(pid)] == []


def test_a_killed_supervisor_leaves_nothing_that_listens_and_the_next_one_ends_the_rest(home, desk):
    worker, child, mule = (pid_of(home, name) for name in NAMES)
    desk.kill()
    desk.wait()
    wait_until(lambda: not is_alive(worker))  # it listens to SIGTERM, which the kernel has sent

    with start_desk(home) as successor:
        assert is_alive(pid_of(home, "mule", other_than=mule))
        assert not is_alive(mule)
        assert not is_alive(child)
        successor.terminate()
    assert processes_marked(MARK, str(home)) == []


def test_a_second_supervisor_is_told_who_is_there(home, desk):
    pid_of(home, "mule")

    assert HomeLock(home).is_held()
    with pytest.raises(AlreadyUp, match=rf"already runs from {home} \(process {desk.pid}\)"):
        HomeLock(home).take()


def test_a_lock_is_free_after_its_holder_was_killed(home, desk):
    pid_of(home, "mule")
    desk.kill()
    desk.wait()

    lock = HomeLock(home)
    lock.take()
    lock.release()
    assert not lock.is_held()


def test_what_a_program_says_is_kept_in_its_log_and_told(home, desk):
    pid_of(home, "mule")

    wait_until(lambda: (home / "mule.log").exists())
    assert (home / "mule.log").read_text() == "born\n"
    assert [desk.stdout.readline(), desk.stdout.readline()] == ["started\n", "mule born\n"]


def test_a_taken_port_is_said_with_its_setting_and_a_way_out():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortProblem) as refusal:
            check_port("127.0.0.1", port, what_for="the web server", setting="HANDRAIL_PORT")

    assert str(refusal.value).startswith(
        f"Port {port}, which the web server needs, is taken by another program: "
    )
    assert "HANDRAIL_PORT=" in str(refusal.value)


def test_an_address_of_another_machine_is_said_with_its_setting():
    with pytest.raises(PortProblem, match=r"cannot listen on 192\.0\.2\.1:8119 .* check HANDRAIL_PORT"):
        check_port("192.0.2.1", 8119, what_for="the web server", setting="HANDRAIL_PORT")


def test_a_free_port_is_fine_and_stays_free():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for _time in range(2):
        check_port("127.0.0.1", port, what_for="the web server", setting="HANDRAIL_PORT")


def test_a_log_that_has_grown_large_begins_a_new_page_and_keeps_three(tmp_path):
    logbook = Logbook(tmp_path / "web.log", say=lambda line: None)
    for page in range(6):
        logbook.take(b"x" * (LARGEST_BYTES + 1) + f"\nend of page {page}\n".encode())

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "web.log",
        "web.log.1",
        "web.log.2",
        "web.log.3",
    ]
    assert (tmp_path / "web.log.1").read_text().endswith("end of page 4\n")


def test_a_log_that_cannot_be_written_does_not_stop_the_supervisor(tmp_path):
    said: list[str] = []
    Logbook(tmp_path / "missing" / "web.log", say=said.append).take(b"still here\n")

    assert said == ["still here"]


def test_the_terminal_gets_warnings_without_braces_and_nothing_below():
    warning = '{"event": "drain.database_away", "level": "warning", "drain": "mail.in", "timestamp": "2026"}'

    assert brief(warning) == "warning: drain.database_away drain=mail.in"
    assert brief('{"event": "all fine", "level": "info"}') == ""
    assert brief("Listening on port 2525") == "Listening on port 2525"


def test_of_a_traceback_the_terminal_gets_its_last_line():
    traceback = ["Traceback (most recent call last):", '  File "web.py", line 1', "ValueError: no port"]

    assert [brief(line) for line in traceback] == ["", "", "ValueError: no port"]

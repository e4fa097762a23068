"""Files are whole or not there; what a crash leaves behind is swept."""

import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from handrail.files import jobs, storing
from handrail.kit import clock, faults


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.FILES_FOLDER = tmp_path
    return tmp_path


def die_while_keeping(content: bytes) -> None:
    """A process is killed when the bytes are written, and have no name yet."""
    child = os.fork()
    if not child:
        with faults.ordered("files.before-rename:1:kill"):
            storing.keep(content)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_R_067_the_draft_of_a_writer_who_was_killed_is_swept_when_it_is_old(folder):
    die_while_keeping(b"label")
    (draft,) = files_in(folder)
    assert draft.name.startswith(".")

    jobs.sweep_what_a_crash_left(clock.now())
    assert files_in(folder) == [draft], "its writer may live"

    jobs.sweep_what_a_crash_left(clock.now() + jobs.LONGEST_WRITING + timedelta(minutes=1))
    assert files_in(folder) == []


def test_the_sweep_leaves_files_and_what_is_not_ours(folder):
    digest = storing.keep(b"label")
    other = folder / digest[:2] / digest[2:4] / ".keep"
    other.touch()

    jobs.sweep_what_a_crash_left(clock.now() + timedelta(days=30))

    assert set(files_in(folder)) == {storing.path_of(digest), other}

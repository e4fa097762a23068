"""Faults on order: at a named point, at the nth passing, only on a desk that is there to be tested."""

import errno
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from handrail.kit import faults
from handrail.kit.environment import BadSetting
from handrail.kit.settings import Environment

ROOT = Path(__file__).resolve().parents[3]
ANY = "files.before-rename"


def pass_by(times: int = 1) -> None:
    for _ in range(times):
        faults.point(ANY)  # not a point of the desk: tests are not looked at


def test_without_an_order_a_point_does_nothing():
    assert faults.point is faults._nothing


def test_the_nth_passing_fails_and_no_other():
    with faults.ordered(f"{ANY}:3:raise"):
        pass_by(2)
        with pytest.raises(faults.Fault):
            pass_by()
        pass_by(5)


def test_with_a_plus_every_later_passing_fails_too():
    with faults.ordered(f"{ANY}:2+:raise"):
        pass_by()
        for _ in range(3):
            with pytest.raises(faults.Fault):
                pass_by()


def test_a_full_disk_is_one_of_the_faults():
    with faults.ordered(f"{ANY}:1:oserror(ENOSPC)"), pytest.raises(OSError) as full:
        pass_by()

    assert full.value.errno == errno.ENOSPC


def test_the_connection_to_the_database_can_be_cut(transactional_db):
    connection.ensure_connection()
    with faults.ordered(f"{ANY}:1:disconnect"):
        pass_by()

    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    connection.close()


@pytest.mark.parametrize(
    "written", ["", "here", f"{ANY}:0:raise", f"{ANY}:1:explode", "no.such-point:1:raise"]
)
def test_an_order_that_cannot_be_carried_out_is_refused(written):
    with pytest.raises(ValueError), faults.ordered(written):
        pass


def test_an_ordinary_desk_refuses_to_start_with_a_fault():
    with pytest.raises(BadSetting, match="on purpose"):
        Environment.read({"FAULT": f"{ANY}:1:kill"})


def test_a_process_is_killed_at_its_point():
    around = {"FAULT": f"{ANY}:2:kill", "HANDRAIL_TEST_FAULTS": "yes", "PATH": "/usr/bin:/bin"}
    script = f"from handrail.kit.faults import point\nfor _ in '12': print('hi', flush=True); point('{ANY}')"

    done = subprocess.run(
        [sys.executable, "-c", script], env=around, cwd=ROOT, capture_output=True, text=True
    )

    assert (done.returncode, done.stdout) == (-9, "hi\nhi\n")


def test_every_point_has_one_place_and_says_where_one_is_there():
    found = faults.points()

    assert [name for name, places in Counter(each.name for each in found).items() if places > 1] == []
    assert [each.name for each in found if not each.about] == []
    assert len(found) > 20

"""The long trials as tests: `make torture` runs them; the suite leaves them out."""

import json
import os
import subprocess
import sys

import pytest

from tests.torture.clocks import set_clocks_wrong
from tests.torture.deploying import stop_under_load
from tests.torture.filling import fill_the_disk
from tests.torture.killing import kill_everything
from tests.torture.posting import post_forms
from tests.torture.power import cut_the_power

pytestmark = [pytest.mark.torture, pytest.mark.running]

SEED = 20261122


def test_R_001_R_003_every_mail_is_one_message_whatever_is_killed():
    assert kill_everything(mails=500, kills=10, seed=SEED).broken == []


def test_R_002_every_form_counts_exactly_once():
    assert post_forms(posts=2_000, kills=20, seed=SEED).broken == []


def test_R_006_what_was_acknowledged_survives_a_power_cut():
    assert cut_the_power(rounds=2, acknowledged=100, seed=SEED).broken == []


def test_R_009_an_update_under_load_is_noticed_by_nobody():
    assert stop_under_load(stops=4, answers=50).broken == []


def test_R_044_a_full_disk_loses_nothing():
    assert fill_the_disk(seed=SEED).broken == []


def test_R_053_workers_with_wrong_clocks_do_no_harm():
    assert set_clocks_wrong(mails=50, answers=20, seed=SEED).broken == []


#: The home of a desk that `handrail bench load` filled; see docs/reference/performance.md.
LOADED = os.environ.get("HANDRAIL_BENCH_HOME", "")
#: Milliseconds at the 95th percentile, for the beginnings of the names of what the bench measures.
LIMITS = {"list": 300, "open": 400, "ticket": 400, "search": 1_000}


@pytest.mark.skipif(not LOADED, reason="HANDRAIL_BENCH_HOME names no desk that `handrail bench load` filled")
def test_R_069_lists_tickets_and_searches_over_a_million_are_quick():
    command = [sys.executable, "-m", "handrail", "bench", "desk", "--json"]
    done = subprocess.run(
        command, env=os.environ | {"HANDRAIL_HOME": LOADED}, capture_output=True, text=True, timeout=3_600
    )
    assert done.returncode == 0, done.stderr[-2_000:]

    measured = dict(_percentiles(json.loads(done.stdout[done.stdout.index("{") :])))

    slow = {
        name: p95
        for name, p95 in measured.items()
        for begin, limit in LIMITS.items()
        if name.startswith(begin) and p95 > limit
    }
    assert measured
    assert slow == {}


def _percentiles(figures, name=""):
    """Every p95 in the figures, by the name over it."""
    for key, value in figures.items():
        if isinstance(value, dict):
            yield from _percentiles(value, str(key))
        elif key in ("p95", "p95_ms") and isinstance(value, int | float):
            yield name, value

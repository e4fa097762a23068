"""The long versions of tests that stand shortened in the suite: what is marked `torture` in the rooms."""

import re
import subprocess
import sys
from pathlib import Path

from tests.torture.trial import Outcome

ROOT = Path(__file__).parents[2]


def run_long_tests() -> Outcome:
    outcome = Outcome("long tests", "R-032, S-046 …: tests that are shortened in the suite, at full length")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-m",
        "torture",
        "-q",
        "--durations=0",
        "handrail",
        "tests/journeys",
        "tests/architecture",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    outcome.figures["tests"] = re.sub(r" in .*", "", (done.stdout.splitlines() or ["none"])[-1])
    outcome.broken += re.findall(r"^(?:FAILED|ERROR) .*", done.stdout, re.M)[:20]
    outcome.expect(done.returncode == 0, f"pytest ended with {done.returncode}")
    return outcome

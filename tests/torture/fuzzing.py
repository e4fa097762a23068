"""R-022: mutated mails are read or refused, never anything else; guided by atheris where it is installed."""

import importlib.util
import random
import subprocess
import sys
from pathlib import Path

from handrail.channels.email.tests.fuzz_reading import must_be_read_or_refused, mutated
from tests.torture.trial import Outcome

GUIDED_RUNS = 2_000


def mutate_mails(*, mails: int, seed: int) -> Outcome:
    """Each fault is told with the number that makes the same mail again."""
    outcome = Outcome(name="fuzzing", promise="R-022: no mutated mail does more than be read or refused")
    for number in range(mails):
        try:
            must_be_read_or_refused(mutated(random.Random(seed * 1_000_003 + number)))
        except Exception as fault:
            outcome.broken.append(f"mail {number} of seed {seed}: {fault!r}")
    guided = importlib.util.find_spec("atheris") is not None
    if guided and (code := _guided()):
        outcome.broken.append(f"the guided run ended with {code}")
    outcome.figures |= {"mails": mails, "seed": seed, "guided_runs": GUIDED_RUNS if guided else "no atheris"}
    return outcome


def _guided() -> int:
    target = "handrail.channels.email.tests.fuzz_reading"
    command = [sys.executable, "-m", target, "--guided", f"--mails={GUIDED_RUNS}"]
    return subprocess.run(command, cwd=Path(__file__).parents[2], check=False, capture_output=True).returncode

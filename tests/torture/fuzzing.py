"""R-022, S-003: mutated mails are read or refused, mutated pages come out harmless, never anything else.

Guided by atheris where it is installed.
"""

import importlib.util
import random
import subprocess
import sys
from pathlib import Path

from handrail.channels.email.tests.fuzz_reading import must_be_read_or_refused, mutated
from handrail.kit.html.tests.mutations import mutated as mutated_page
from handrail.kit.html.tests.test_mutations import must_be_harmless
from tests.torture.trial import Outcome

GUIDED_RUNS = 2_000
#: So many times as many pages are mutated as mails: cleaning one is so much quicker.
PAGES_A_MAIL = 10


def mutate_mails(*, mails: int, seed: int) -> Outcome:
    """Each fault is told with the number that makes the same mail again."""
    outcome = Outcome(
        name="fuzzing", promise="R-022, S-003: mutated mail is read or refused, mutated html harmless"
    )
    for number in range(mails):
        try:
            must_be_read_or_refused(mutated(random.Random(seed * 1_000_003 + number)))
        except Exception as fault:
            outcome.broken.append(f"mail {number} of seed {seed}: {fault!r}")
    guided = importlib.util.find_spec("atheris") is not None
    if guided and (code := _guided()):
        outcome.broken.append(f"the guided run ended with {code}")
    _mutate_pages(mails * PAGES_A_MAIL, seed, outcome)
    outcome.figures |= {"mails": mails, "seed": seed, "guided_runs": GUIDED_RUNS if guided else "no atheris"}
    return outcome


def _mutate_pages(pages: int, seed: int, outcome: Outcome) -> None:
    for number in range(pages):
        page = mutated_page(random.Random(seed * 1_000_003 + number))
        try:
            must_be_harmless(page)
        except Exception as fault:
            outcome.broken.append(f"page {number} of seed {seed}: {fault!r}")
    outcome.figures["pages"] = pages


def _guided() -> int:
    target = "handrail.channels.email.tests.fuzz_reading"
    command = [sys.executable, "-m", target, "--guided", f"--mails={GUIDED_RUNS}"]
    return subprocess.run(command, cwd=Path(__file__).parents[2], check=False, capture_output=True).returncode

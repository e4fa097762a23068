"""`python -m tests.torture`: the long trials, one after the other, and a report in words and as JSON."""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.torture.clocks import set_clocks_wrong
from tests.torture.deploying import stop_under_load
from tests.torture.filling import fill_the_disk
from tests.torture.fuzzing import mutate_mails
from tests.torture.killing import kill_everything
from tests.torture.long_tests import run_long_tests
from tests.torture.posting import post_forms
from tests.torture.power import cut_the_power
from tests.torture.trial import Outcome

Trial = Callable[[argparse.Namespace], Outcome]
TRIALS: dict[str, Trial] = {
    "killing": lambda chosen: kill_everything(mails=chosen.mails, kills=chosen.kills, seed=chosen.seed),
    "posting": lambda chosen: post_forms(posts=chosen.posts, kills=chosen.web_kills, seed=chosen.seed),
    "power": lambda chosen: cut_the_power(rounds=chosen.rounds, acknowledged=100, seed=chosen.seed),
    "deploying": lambda chosen: stop_under_load(stops=chosen.stops, answers=200),
    "filling": lambda chosen: fill_the_disk(seed=chosen.seed),
    "clocks": lambda chosen: set_clocks_wrong(mails=200, answers=50, seed=chosen.seed),
    "long": lambda chosen: run_long_tests(),
    "fuzzing": lambda chosen: mutate_mails(mails=chosen.mutations, seed=chosen.seed),
}


def main() -> int:
    chosen = _options()
    outcomes = []
    for name in chosen.only or TRIALS:
        began = time.monotonic()
        outcome = TRIALS[name](chosen)
        outcome.figures["seconds"] = round(time.monotonic() - began, 1)
        outcomes.append(outcome)
        _say(outcome)
    if chosen.json:
        Path(chosen.json).write_text(json.dumps([each.told() for each in outcomes], indent=2) + "\n")
    return 0 if all(each.is_kept for each in outcomes) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("only", nargs="*", metavar="TRIAL", help=f"some of {', '.join(TRIALS)}; else all")
    parser.add_argument("--mails", type=int, default=10_000, help="mails in the storm (default 10000)")
    parser.add_argument("--kills", type=int, default=55, help="programs killed in it (default 55)")
    parser.add_argument("--posts", type=int, default=2_000, help="forms that are posted (default 2000)")
    parser.add_argument(
        "--web-kills", type=int, default=20, help="times web is killed meanwhile (default 20)"
    )
    parser.add_argument("--rounds", type=int, default=10, help="power cuts (default 10)")
    parser.add_argument(
        "--mutations",
        type=int,
        default=20_000,
        help="mails that are mutated (default 20000; a night: a million)",
    )
    parser.add_argument("--stops", type=int, default=8, help="programs told to end under load (default 8)")
    parser.add_argument(
        "--seed", type=int, default=random.SystemRandom().randrange(10**6), help="to repeat a run"
    )
    parser.add_argument("--json", metavar="FILE", help="write the report there too")
    return parser.parse_args()


def _say(outcome: Outcome) -> None:
    print(f"\n{'KEPT' if outcome.is_kept else 'BROKEN'}  {outcome.name}: {outcome.promise}")
    for name, value in outcome.figures.items():
        print(f"    {name.replace('_', ' ')}: {value}")
    for words in outcome.broken:
        print(f"    ! {words}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

"""Make the demo company: one year of a support desk, the same every time for the same seed.

It refuses a database that holds people already.
"""

import argparse
import sys
import time

from handrail.cli._complaint import Complaint
from handrail.cli._database import django_at_hand
from handrail.cli._steps import step

SEED = 1
TICKETS = 20_000
BAR_WIDTH = 30


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--seed", type=int, default=SEED, help="another number makes another year (default %(default)s)"
    )
    parser.add_argument(
        "--tickets", type=int, default=TICKETS, help="how large the company is (default %(default)s)"
    )


def run(options: argparse.Namespace) -> None:
    with django_at_hand():
        from handrail.accounts.models import User  # app ready
        from handrail.cli.migrate import take_steps

        take_steps()
        if User.objects.exists():
            raise Complaint("This database holds people already: make the demo in an empty HANDRAIL_HOME.")
        load_demo(seed=options.seed, tickets=options.tickets)


def load_demo(*, seed: int = SEED, tickets: int = TICKETS) -> None:
    """Makes the company while showing how far it is. Cut off in the middle, nothing of it stays."""
    from handrail.demo import load  # app ready

    with step("demo company") as doing:
        load.load(seed=seed, tickets=tickets, progress=Bar("demo company").show)
        doing.note(f"seed {seed}")


class Bar:
    """A progress bar on a terminal; a line now and then elsewhere."""

    def __init__(self, name: str) -> None:
        self.name, self.shown_at = name, 0.0

    def show(self, done: int, total: int) -> None:
        pause = 0.1 if sys.stdout.isatty() else 10.0
        if time.monotonic() - self.shown_at < pause:
            return
        self.shown_at = time.monotonic()
        filled = BAR_WIDTH * done // max(total, 1)
        bar = "█" * filled + "░" * (BAR_WIDTH - filled)
        print(
            f"  {self.name:<14} {bar} {done:,} of {total:,}",
            end="\r" if sys.stdout.isatty() else "\n",
            flush=True,
        )

"""Make the database ready for this version, and the demo company on first use; a part of `handrail up`."""

import argparse
import os

from handrail.cli._database import django_at_hand
from handrail.cli.demo import load_demo
from handrail.cli.migrate import take_steps

HIDDEN = True


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--empty", action="store_true", help="no demo company")
    parser.add_argument(
        "--links-to", type=int, default=1, metavar="HANDLE", help="the file handle links are written to"
    )


def run(options: argparse.Namespace) -> None:
    with django_at_hand():
        take_steps()
        if not options.empty and is_first_use():
            load_demo()
        with os.fdopen(options.links_to, "w") as links:
            links.write(ways_in())


def is_first_use() -> bool:
    from handrail.accounts.models import User  # app ready

    return not User.objects.exists()


def ways_in() -> str:
    """One-time links: for the people of the demo, or to the set-up page while nobody can sign in."""
    from handrail.cli._links import demo_links, set_up_link  # app ready

    return set_up_link() if is_first_use() else demo_links()

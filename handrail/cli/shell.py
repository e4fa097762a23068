"""Open a Python prompt with the desk's models at hand."""

import argparse

from handrail.cli._database import django_at_hand


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-c", "--command", help="run this Python instead of opening a prompt")


def run(options: argparse.Namespace) -> None:
    with django_at_hand():
        from django.core.management import call_command  # slow import

        call_command("shell", command=options.command, verbosity=0 if options.command else 1)

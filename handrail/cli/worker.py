"""Do the jobs: everything that happens after a request, and mail in and out."""

import argparse

from handrail.cli._database import prepare_django


def run(_options: argparse.Namespace) -> None:
    prepare_django()
    from handrail.kit import worker  # app ready

    worker.run()

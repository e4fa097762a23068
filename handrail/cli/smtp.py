"""Take incoming mail: each is on disk before it is acknowledged.

While HANDRAIL_MAIL_URL is empty, this also runs the catch-all that outgoing mail ends in.
"""

import argparse

from handrail.cli._database import prepare_django


def run(_options: argparse.Namespace) -> None:
    prepare_django()
    from handrail.channels.email.listener import run as listen  # app ready

    listen()

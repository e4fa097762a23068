"""Serve live updates alone, for a proxy that sends everything below /live here.

One process holds thousands of open streams; pages are then served by `handrail web --wsgi`.
"""

import argparse

from handrail.cli._serving import serve
from handrail.kit.settings import environment


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=environment.HANDRAIL_HOST, help="listen here (default %(default)s)")
    parser.add_argument("--port", type=int, default=8001, help="… and here (default %(default)s)")


def run(options: argparse.Namespace) -> None:
    serve("handrail.asgi:live_alone", host=options.host, port=options.port, workers=1)

"""Serve pages, and live updates beside them on the same port.

For production behind a proxy, `handrail web --wsgi` serves the pages alone, faster, and `handrail live` the
live updates (everything below /live); `handrail up` runs this command as it is.
"""

import argparse

from handrail.cli._serving import serve
from handrail.kit.settings import environment


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--wsgi", action="store_true", help="pages only; live updates are served by `handrail live`"
    )
    parser.add_argument("--host", default=environment.HANDRAIL_HOST, help="listen here (default %(default)s)")
    parser.add_argument(
        "--port", type=int, default=environment.HANDRAIL_PORT, help="… and here (default %(default)s)"
    )


def run(options: argparse.Namespace) -> None:
    target = "handrail.wsgi:application" if options.wsgi else "handrail.asgi:application"
    serve(target, host=options.host, port=options.port, workers=environment.HANDRAIL_WEB_WORKERS)

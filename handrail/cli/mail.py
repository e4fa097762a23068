"""Look into mail from a terminal, and take over old mail.

Reading and trimming need no database and change nothing.
"""

import argparse

from handrail.cli import _mail_import, _mail_read, _mail_trim

PARTS = {"read": _mail_read, "trim": _mail_trim, "import": _mail_import}


def arguments(parser: argparse.ArgumentParser) -> None:
    parts = parser.add_subparsers(title="what to do", metavar="WHAT", required=True)
    for name, module in PARTS.items():
        about = (module.__doc__ or "").strip()
        layout = argparse.RawDescriptionHelpFormatter
        headline = about.partition("\n")[0].rstrip(".")
        part = parts.add_parser(name, description=about, help=headline, formatter_class=layout)
        module.arguments(part)
        part.set_defaults(part=module.run)


def run(options: argparse.Namespace) -> int:
    return int(options.part(options) or 0)

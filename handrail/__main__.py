"""The `handrail` command line: `handrail COMMAND …`, or `python -m handrail COMMAND …`."""

import os
import sys


def main() -> int:
    """Runs one command; 0 when it went well, 1 when it did not, 2 when it was asked wrongly."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the one sentence for those who have an older one
        print("Handrail needs Python 3.11 or newer: install it, then run this again.", file=sys.stderr)  # noqa: T201
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.settings")
    from handrail.cli._program import run_program  # slow import: only after the version is known to be right

    return run_program(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

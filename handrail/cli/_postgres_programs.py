"""Runs pg_dump and its kin against our database; the password is never on their command line."""

import os
import subprocess
from collections.abc import Sequence

from psycopg.conninfo import conninfo_to_dict

from handrail.cli._complaint import Complaint
from handrail.kit.postgres import database_url
from handrail.kit.postgres.engine import installed_engine

NAMES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
}
NAMES |= {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


def program(name: str, arguments: Sequence[str] = ()) -> list[str]:
    return [str(installed_engine().command(name)), *arguments]


def run_program(name: str, arguments: Sequence[str]) -> None:
    """Runs it to its end; raises Complaint with its own words when it fails."""
    finished = subprocess.run(  # noqa: S603
        program(name, arguments), env=surroundings(), capture_output=True, text=True, check=False
    )
    if finished.returncode != 0:
        raise Complaint(f"{name} failed: {first_line(finished.stderr)}")


def surroundings() -> dict[str, str]:
    parts = conninfo_to_dict(database_url())
    return (
        os.environ | {"LC_ALL": "C"} | {NAMES[key]: str(part) for key, part in parts.items() if key in NAMES}
    )


def first_line(words: str) -> str:
    lines = (
        [line for line in words.splitlines() if "error:" in line] or words.splitlines() or ["it said nothing"]
    )
    return lines[0].strip()

"""Bring back a backup: all of it or nothing.

It refuses a database that holds anything, unless --replace is given, and one that others are using. The desk
must be down. An older backup gets this version's shape by the next `handrail up` or `handrail migrate`.
"""

import argparse
import shutil
import subprocess
from pathlib import Path
from typing import IO

from handrail.cli import _archive
from handrail.cli._complaint import Complaint
from handrail.cli._database import database_at_hand
from handrail.cli._steps import step
from handrail.kit.settings import environment
from handrail.kit.supervision import HomeLock

BEGIN = b"BEGIN; DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"
END = b"\nCOMMIT;\n"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a file that `handrail backup` wrote")
    parser.add_argument("--replace", action="store_true", help="delete what is in the database now")


def run(options: argparse.Namespace) -> None:
    if not options.file.is_file():
        raise Complaint(f"There is no file {options.file}.")
    environment.HANDRAIL_HOME.mkdir(parents=True, exist_ok=True)
    lock = HomeLock(environment.HANDRAIL_HOME)
    lock.take()
    with step("read") as doing:
        manifest = _archive.verify(options.file)
        doing.note(
            f"a backup of {manifest.made_at}, Handrail {manifest.handrail}, {len(manifest.sums)} files, whole"
        )
    with database_at_hand():
        refuse_others(replace=options.replace)
        bring_back(options.file)
    lock.release()


def refuse_others(*, replace: bool) -> None:
    import psycopg  # slow import

    from handrail.kit.postgres import database_url

    with psycopg.connect(database_url()) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        others = connection.execute(OTHERS).fetchone()
    if others and others[0]:
        raise Complaint(
            f"{others[0]} other sessions use this database: stop web, worker and mail listener first."
        )
    if tables and tables[0] and not replace:
        raise Complaint("The database is not empty: give --replace to delete what is in it.")


OTHERS = """
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


def bring_back(file: Path) -> None:
    home = environment.HANDRAIL_HOME
    unpacked = home / "restoring"
    shutil.rmtree(unpacked, ignore_errors=True)
    try:
        with step("files"):
            _archive.unpack(file, unpacked)
        with step("database"):
            restore_database(unpacked / _archive.DUMP)
        put_in_place(unpacked, home)
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)


def restore_database(dump: Path) -> None:
    """In one transaction: when anything fails, the database is as it was."""
    from handrail.cli._postgres_programs import first_line, program, surroundings

    script = [*program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(dump)]
    into = [
        *program("psql"),
        "--no-psqlrc",
        "--quiet",
        "--set=ON_ERROR_STOP=1",
        "--file=-",
    ]
    with (
        subprocess.Popen(script, stdout=subprocess.PIPE) as reading,  # noqa: S603
        subprocess.Popen(  # noqa: S603
            into, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=surroundings()
        ) as writing,
    ):
        assert reading.stdout is not None
        assert writing.stdin is not None
        assert writing.stderr is not None
        passed_on = pass_on(reading, reading.stdout, writing.stdin)
        said = writing.stderr.read().decode(errors="replace")
    if not passed_on or reading.returncode != 0 or writing.returncode != 0:
        raise Complaint(f"The database could not be restored and is as it was: {first_line(said)}")


def pass_on(reading: "subprocess.Popen[bytes]", source: IO[bytes], target: IO[bytes]) -> bool:
    """Leaves out what only newer servers understand, and commits only when all was read; False when not."""
    try:
        target.write(BEGIN)
        for line in source:
            if line.startswith(b"SET transaction_timeout"):
                continue
            target.write(line)
            if line.startswith(b"COPY "):
                break
        shutil.copyfileobj(source, target)
        is_whole = reading.wait() == 0
        target.write(END if is_whole else b"")
        target.close()
    except BrokenPipeError:
        source.read()
        return False
    return is_whole


def put_in_place(unpacked: Path, home: Path) -> None:
    """The files, by two renames; the secret key, so that old links and reply addresses stay valid."""
    former = home / "files.replaced"
    shutil.rmtree(former, ignore_errors=True)
    if (home / "files").exists():
        (home / "files").rename(former)
    (unpacked / "files").mkdir(exist_ok=True, mode=0o700)
    (unpacked / "files").rename(home / "files")
    shutil.rmtree(former, ignore_errors=True)
    if (unpacked / "secret.key").exists():
        (unpacked / "secret.key").rename(home / "secret.key")

"""Write a backup: the database, the stored files and the secret key in one file, read back before it counts.

It runs while people work; the database is as it was at one moment. The file holds everything, secrets too:
keep it where only you can read it. `handrail restore FILE` brings it back.
"""

import argparse
import errno
import tarfile
import tempfile
from pathlib import Path

import handrail
from handrail.cli import _archive
from handrail.cli._complaint import Complaint
from handrail.cli._database import database_at_hand
from handrail.cli._steps import step
from handrail.kit.settings import environment


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, help="the file to write, such as handrail-2026-11-22.tar; an old one is replaced"
    )


def run(options: argparse.Namespace) -> None:
    file = options.file.absolute()
    if not file.parent.is_dir():
        raise Complaint(f"There is no folder {file.parent}: make it first.")
    try:
        with database_at_hand():
            write(file)
    except OSError as refusal:
        if refusal.errno == errno.ENOSPC:
            raise Complaint(f"The disk of {file.parent} is full: no backup was written.") from None
        raise Complaint(f"{file} cannot be written: {refusal.strerror}.") from None


def write(file: Path) -> None:
    from handrail.cli._postgres_programs import run_program

    manifest = _archive.Manifest(handrail=handrail.__version__, made_at=made_at(), server=server_version())
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".handrail-backup-") as folder:
        dump = Path(folder) / _archive.DUMP
        with step("database") as doing:
            run_program("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={dump}"])
            run_program("pg_restore", ["--file=/dev/null", str(dump)])  # reads all of it
            doing.note(size(dump))
        with step("files") as doing:
            with _archive.writing(file) as tar:
                _archive.add_file(tar, dump, _archive.DUMP, manifest)
                number = add_files(tar, manifest)
                _archive.add_manifest(tar, manifest)
            doing.note(f"{number} stored files")
    print(f"  {file} ({size(file)}), read back and whole")


def add_files(tar: tarfile.TarFile, manifest: _archive.Manifest) -> int:
    folder = environment.HANDRAIL_HOME / "files"
    number = 0
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            _archive.add_file(tar, path, f"{_archive.FILES}{path.relative_to(folder)}", manifest)
            number += 1
    secret = environment.HANDRAIL_HOME / "secret.key"
    if secret.exists():
        _archive.add_file(tar, secret, _archive.SECRET, manifest)
    return number


def server_version() -> str:
    import psycopg  # slow import

    from handrail.kit.postgres import database_url

    with psycopg.connect(database_url()) as connection:
        return connection.info.parameter_status("server_version") or ""


def made_at() -> str:
    from handrail.kit import clock  # slow import

    return clock.now().isoformat(timespec="seconds")


def size(path: Path) -> str:
    return f"{path.stat().st_size / 2**20:,.1f} MB"

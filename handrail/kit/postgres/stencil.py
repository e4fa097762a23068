"""A migrated database that test runs copy instead of migrating anew; kept until a migration changes."""

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

from handrail.kit.postgres.embedded import DATABASE, Embedded
from handrail.kit.settings import CHECKOUT

KEPT = CHECKOUT / ".pytest_cache" / "databases"
NAME = "stencil"


def fingerprint() -> str:
    """Of everything the shape of the database comes from: our migrations and our libraries."""
    files = [*CHECKOUT.glob("handrail/**/migrations/**/*"), CHECKOUT / "requirements" / "run.txt"]
    sums = hashlib.sha256()
    for file in sorted(file for file in files if file.suffix in (".py", ".sql", ".txt")):
        sums.update(f"{file.relative_to(CHECKOUT)}\0".encode() + file.read_bytes())
    return sums.hexdigest()[:16]


def start_with_stencil(server: Embedded) -> bool:
    """Starts a new server that holds the stencil; False when the migrations fail, as the tests will show."""
    shape = fingerprint()
    kept = KEPT / shape
    if not kept.exists():
        server.start()
        if not make_stencil(server):
            return False
        server.stop()
        if fingerprint() == shape:  # else a migration was edited meanwhile
            keep(server, kept)
    elif not server.place.data.exists():
        shutil.copytree(kept, server.place.data)
    server.start()
    return True


def lay_out(home: Path) -> None:
    """A home whose database is migrated already, for a desk that a test is about to start from it."""
    server = Embedded(home, durable=False)
    server.keep_url(password())
    start_with_stencil(server)
    with psycopg.connect(server.url, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {DATABASE}")
        connection.execute(f"ALTER DATABASE {NAME} RENAME TO {DATABASE}")
    server.stop()


def make_stencil(server: Embedded) -> bool:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {NAME}")
    command = [sys.executable, "-m", "handrail", "migrate"]
    surroundings = os.environ | {"DATABASE_URL": server.url.replace("/handrail?", f"/{NAME}?")}
    return subprocess.run(command, env=surroundings, capture_output=True, check=False).returncode == 0  # noqa: S603


def keep(server: Embedded, kept: Path) -> None:
    """Whole or not at all; those of former migrations make room."""
    draft = KEPT / f".{kept.name}.{secrets.token_hex(4)}"
    shutil.copytree(server.place.data, draft)
    for former in KEPT.glob("[0-9a-f]*"):
        shutil.rmtree(former, ignore_errors=True)
    try:
        draft.rename(kept)
    except OSError:  # another run was faster
        shutil.rmtree(draft)


def password() -> str:
    """The same for all runs of this checkout, since it is a part of what is copied."""
    kept = KEPT / "password"
    if not kept.exists():
        KEPT.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = KEPT / f".password.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(16))
        draft.rename(kept)
    return kept.read_text()

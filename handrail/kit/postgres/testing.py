"""A pytest plugin: each test run has its own home folder and, when a test asks for it, its own database.

It is loaded by `-p` in pyproject.toml, before Django's settings. The run's first process owns both and ends
them; the workers of pytest-xdist use them. With DATABASE_URL set, that server is used and none is started.
"""

import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from handrail.kit.postgres import stencil
from handrail.kit.postgres.embedded import DATABASE, ROLE, Embedded
from handrail.kit.processes import is_alive

PREFIX = "handrail-test-"
#: The one setting that a run keeps: where real mails for the tests lie.
KEPT = "HANDRAIL_TEST_DATA"


def claim_home() -> Path:
    """A new home for this run; homes of runs that were killed are swept away."""
    folder = Path(tempfile.gettempdir())
    for left in folder.glob(f"{PREFIX}*"):
        owner = left.name.removeprefix(PREFIX)
        if owner.isdigit() and not is_alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    home = folder / f"{PREFIX}{os.getpid()}"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o711)
    return home


def prepare_run() -> Embedded | None:
    """Points every setting at this run's home. None in a worker, whose run is prepared already."""
    if "HANDRAIL_TEST_HOME" in os.environ:
        return None
    keep_bytecode()
    home = claim_home()
    for name in [name for name in os.environ if name.startswith("HANDRAIL_") and name != KEPT]:
        del os.environ[name]
    os.environ["HANDRAIL_MAIL_HELD_AFTER"] = "0"  # tests send more within an hour than people do
    os.environ["HANDRAIL_SMTP_OF_SENDER"] = "0"
    os.environ["HANDRAIL_HOME"] = os.environ["HANDRAIL_TEST_HOME"] = str(home)
    os.environ["HANDRAIL_SECRET_KEY"] = secrets.token_urlsafe(48)
    if not os.environ.get("DATABASE_URL"):
        url = f"postgresql://{ROLE}:{stencil.password()}@/{DATABASE}?host={home / 'run'}"
        (home / "database.url").write_text(url + "\n")  # the server takes the password it finds here
        os.environ["DATABASE_URL"] = url
        os.environ["HANDRAIL_TEST_SERVER"] = "ours"
    return Embedded(home, durable=False)


def keep_bytecode() -> None:
    """Even where the surroundings want none: hundreds of processes would compile our modules, each anew."""
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


RUN = prepare_run()


def pytest_configure(config: pytest.Config) -> None:
    """With workers, the first process starts the server: they come and go, it stays to the end."""
    if RUN is not None and getattr(config.option, "numprocesses", None) and not config.option.collectonly:
        start_server()


def start_server() -> None:
    if RUN is not None and RUN.process is None and os.environ.get("HANDRAIL_TEST_SERVER") == "ours":
        os.environ["HANDRAIL_TEST_STENCIL"] = stencil.NAME if stencil.start_with_stencil(RUN) else ""


def pytest_unconfigure() -> None:
    if RUN is not None:
        RUN.stop()
        shutil.rmtree(RUN.home, ignore_errors=True)


@pytest.fixture(scope="session")
def database_server() -> str:
    """The address of this run's server, which is started for the first test that asks for it."""
    start_server()
    return os.environ["DATABASE_URL"]


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The databases of our own server need no dropping: they go with it, whoever still talks to them."""
    return os.environ.get("HANDRAIL_TEST_SERVER") == "ours"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    database_server: str, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Copies the migrated database; on a server that is not ours, runs side by side keep apart by name."""
    from django.db import connection  # app ready

    test: dict[str, Any] = connection.settings_dict["TEST"]
    test["TEMPLATE"] = os.environ.get("HANDRAIL_TEST_STENCIL") or None
    if os.environ.get("HANDRAIL_TEST_SERVER") != "ours":
        run = Path(os.environ["HANDRAIL_TEST_HOME"]).name.removeprefix(PREFIX)
        test["NAME"] = f"test_handrail_{run}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"

"""The database for commands that need one: the one that runs, or our own for as long as the command takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from handrail.cli._complaint import Complaint
from handrail.kit.postgres import AlreadyRunning, Embedded
from handrail.kit.settings import environment

OLDEST_SERVER = 15


@contextmanager
def database_at_hand() -> Iterator[None]:
    """Starts the embedded database when it is ours and nobody has started it; then it is stopped again.

    To be entered before Django's settings are read: only then is its address known.
    """
    if environment.DATABASE_URL:
        check_server(environment.DATABASE_URL)
        yield
        return
    embedded = Embedded(environment.HANDRAIL_HOME)
    if embedded.is_running():
        yield
        return
    try:
        embedded.start()
    except AlreadyRunning:  # somebody else was starting it just now
        yield
        return
    try:
        yield
    finally:
        embedded.stop(others_may_finish_seconds=60)  # another command may have found it running


def check_server(url: str) -> None:
    """Raises Complaint when the server of DATABASE_URL does not answer or is too old."""
    import psycopg  # slow import

    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version // 10000
    except psycopg.Error as refusal:
        reason = str(refusal).strip().partition("\n")[0]
        raise Complaint(f"The database of DATABASE_URL cannot be used: {reason}.") from None
    if version < OLDEST_SERVER:
        raise Complaint(f"DATABASE_URL names PostgreSQL {version}: use {OLDEST_SERVER} or newer.")


@contextmanager
def django_at_hand() -> Iterator[None]:
    """The database, and Django ready to use it."""
    with database_at_hand():
        prepare_django()
        try:
            yield
        finally:
            let_go()


def let_go() -> None:
    """Ends our own sessions, which the server would else wait for."""
    from django.db import connections  # slow import

    for connection in connections.all(initialized_only=True):
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]


def prepare_django() -> None:
    import django  # slow import

    django.setup()

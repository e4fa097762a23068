"""The database for commands that need one: the one that runs, or our own for as long as the command takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from handrail.kit.postgres import AlreadyRunning, Embedded
from handrail.kit.settings import environment


@contextmanager
def database_at_hand() -> Iterator[None]:
    """Starts the embedded database when it is ours and nobody has started it; then it is stopped again.

    To be entered before Django's settings are read: only then is its address known.
    """
    embedded = Embedded(environment.HANDRAIL_HOME)
    if environment.DATABASE_URL or embedded.is_running():
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
        embedded.stop()


@contextmanager
def django_at_hand() -> Iterator[None]:
    """The database, and Django ready to use it."""
    with database_at_hand():
        prepare_django()
        yield


def prepare_django() -> None:
    import django  # slow import

    django.setup()

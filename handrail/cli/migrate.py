"""Bring the database to this version's shape."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from handrail.cli._complaint import Complaint
from handrail.cli._database import django_at_hand
from handrail.cli._steps import step

#: "MIGR" in ASCII: the advisory lock of whoever takes steps.
LOCK = 0x4D494752


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", action="store_true", help="only list what would be done")


def run(options: argparse.Namespace) -> int:
    with django_at_hand():
        return list_steps() if options.plan else take_steps()


def take_steps() -> int:
    from django.core.management import call_command  # slow import
    from django.db import OperationalError

    try:
        with step("migrate") as doing, one_at_a_time():
            number = len(steps_to_take())
            if number:
                call_command("migrate", interactive=False, verbosity=0)
            doing.note(f"{number} steps" if number else "nothing to do")
    except OperationalError as refusal:
        reason = str(refusal).strip().partition("\n")[0]
        raise Complaint(f"The database could not be brought to this version's shape: {reason}.") from refusal
    return 0


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Of several machines that start at once, one takes the steps and the others wait for it.

    A step waits for a table's lock no longer than a moment: people behind it would wait as well.
    """
    from django.db import connection  # slow import

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SET lock_timeout = '10s'")
        try:
            yield
        finally:
            connection.ensure_connection()
            cursor.execute("RESET lock_timeout")
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def list_steps() -> int:
    for name in steps_to_take():
        print(name)
    return 0


def steps_to_take() -> list[str]:
    """The names of the migrations this database has not had yet, in order."""
    from django.db import connection  # slow import
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]

"""Bring the database to this version's shape."""

import argparse

from handrail.cli._database import django_at_hand
from handrail.cli._steps import step


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", action="store_true", help="only list what would be done")


def run(options: argparse.Namespace) -> int:
    with django_at_hand():
        return list_steps() if options.plan else take_steps()


def take_steps() -> int:
    from django.core.management import call_command  # slow import

    with step("migrate") as doing:
        number = len(steps_to_take())
        if number:
            call_command("migrate", interactive=False, verbosity=0)
        doing.note(f"{number} steps" if number else "nothing to do")
    return 0


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

"""After a test that commits, every table that it wrote to is emptied; the many others are left alone.

Django would truncate all of them and then make content types and permissions anew, for each such test.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import TransactionTestCase

from handrail.fields import editions

#: What the libraries make once for all; no test changes it.
LEFT_ALONE = {ContentType._meta.db_table, "auth_permission"}
#: Tables that Django does not manage.
BESIDE_DJANGO = {
    "events_fact",
    "procrastinate_events",
    "procrastinate_jobs",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
}


@pytest.fixture(autouse=True, scope="session")
def _tests_that_commit_empty_what_they_wrote() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_what_was_written)
        yield


def empty_what_was_written(_test: Any = None) -> None:
    """Triggers rest meanwhile: append-only tables refuse to be emptied, and tallies would count."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        # A server of the test may still be in the middle of a request: what it writes must not stay.
        cursor.execute(f"LOCK TABLE {', '.join(tables())} IN SHARE MODE")
        cursor.execute(" UNION ALL ".join(map(name_if_filled, tables())))
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a name from our models
        editions.advance()  # what was set up is gone, and a desk always has an edition


@cache
def tables() -> list[str]:
    managed = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
    return sorted((managed | BESIDE_DJANGO) - LEFT_ALONE)


def name_if_filled(table: str) -> str:
    return f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})"  # noqa: S608 - a name from our models

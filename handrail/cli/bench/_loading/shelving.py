"""Tables without their indexes while many rows come, and the way back, also after an interruption.

What is taken away is noted in the database in the same transaction; whoever comes next can go on.
"""

from collections.abc import Sequence

from django.db import connection, transaction

TABLES = (
    "search_document",
    "tickets_message",
    "tickets_ticket",
    "events_fact",
    "tickets_participant",
    "tickets_tagging",
    "tickets_closure",
    "tickets_visit",
    "tickets_attachment",
    "customers_person",
    "customers_identity",
    "customers_person_brands",
)

_NOTES = """
    CREATE TABLE bench_load (id serial PRIMARY KEY, step text NOT NULL, statement text NOT NULL);
    CREATE TABLE bench_slice (slice text PRIMARY KEY, options text NOT NULL)
"""
#: Foreign keys, then other constraints that have an index; never primary keys.
_CONSTRAINTS = """
    SELECT contype = 'f', format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
                  pg_get_constraintdef(oid))
      FROM pg_constraint
     WHERE contype IN ('f', 'u', 'x') AND conrelid = ANY(%s::regclass[])
     ORDER BY contype, array_position(%s::regclass[], conrelid::regclass)
"""
_INDEXES = """
    SELECT false, format('DROP INDEX %%s', indexrelid::regclass),
           replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ')
      FROM pg_index LEFT JOIN pg_constraint ON conindid = indexrelid AND contype IN ('p', 'u', 'x')
     WHERE indrelid = ANY(%s::regclass[]) AND conindid IS NULL
     ORDER BY array_position(%s::regclass[], indrelid::regclass)
"""


def begun() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('bench_slice') IS NOT NULL")
        return bool(cursor.fetchone() == (True,))


@transaction.atomic
def take_away() -> None:
    """Drop what slows rows down, and note how it is made again."""
    tables = list(TABLES)
    with connection.cursor() as cursor:
        cursor.execute(_NOTES)
        for question in (_CONSTRAINTS, _INDEXES):
            cursor.execute(question, [tables, tables])
            for is_foreign, drop, statement in cursor.fetchall():
                cursor.execute(drop)
                step = "reference" if is_foreign else "index"
                cursor.execute("INSERT INTO bench_load (step, statement) VALUES (%s, %s)", [step, statement])


def missing(step: str) -> list[int]:
    """Which statements of a step are still to be run, the longest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM bench_load WHERE step = %s ORDER BY statement !~ 'USING gin', id", [step]
        )
        return [number for (number,) in cursor.fetchall()]


@transaction.atomic
def give_back(number: int) -> None:
    """Run one statement and strike it off."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM bench_load WHERE id = %s RETURNING statement", [number])
        ((statement,),) = cursor.fetchall()
        cursor.execute("SET LOCAL maintenance_work_mem = '768MB'; SET LOCAL synchronous_commit = off")
        cursor.execute(statement)


@transaction.atomic
def note_slice(name: str, options: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_slice VALUES (%s, %s)", [name, options])


def done_slices(options: str) -> set[str]:
    """The slices that are in. Raises ValueError when they were made with other options."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT slice, options FROM bench_slice")
        found: Sequence[tuple[str, str]] = cursor.fetchall()
    if any(each != options for _slice, each in found):
        raise ValueError(found[0][1])
    return {slice_ for slice_, _options in found}


def forget() -> None:
    """All is in its place."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_load, bench_slice")

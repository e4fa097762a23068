"""Writing the rows that every request and answer writes: planned once for each model and connection."""

from collections.abc import Sequence
from functools import cache

from django.db import connection, models

from handrail.kit.copying import told, written_fields
from handrail.kit.prepared import ask


def insert(objects: Sequence[models.Model]) -> None:
    """Insert a few unsaved objects of one model. No save hooks run; keys made by the database stay unknown.

    Raises IntegrityError. For hundreds there is `copying`.
    """
    if not objects:
        return
    fields = written_fields(type(objects[0]))
    values = [
        field.get_db_prep_save(told(getattr(each, field.attname)), connection)
        for each in objects
        for field in fields
    ]
    ask(_statement(type(objects[0]), len(objects)), values)
    for each in objects:
        each._state.adding, each._state.db = False, connection.alias


@cache
def _statement(model: type[models.Model], count: int) -> str:
    quoted = connection.ops.quote_name
    columns = [quoted(field.column) for field in written_fields(model)]
    row = f"({', '.join(['%s'] * len(columns))})"
    rows = ", ".join([row] * count)
    return f"INSERT INTO {quoted(model._meta.db_table)} ({', '.join(columns)}) VALUES {rows}"  # noqa: S608

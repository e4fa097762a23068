"""Writing very many rows at once with COPY, from unsaved objects of a model or from plain rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb


def copy_objects(objects: Sequence[models.Model]) -> None:
    """Insert unsaved objects of one model. No save hooks run; keys made by the database are left to it."""
    if not objects:
        return
    fields = [field for field in objects[0]._meta.concrete_fields if not isinstance(field, models.AutoField)]
    table = objects[0]._meta.db_table
    names = [field.column for field in fields]
    copy_rows(table, names, ([_value(field, each) for field in fields] for each in objects))


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows, each with one value for each column."""
    names = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _value(field: "models.Field[Any, Any]", instance: models.Model) -> Any:
    value = getattr(instance, field.attname)
    return Jsonb(value) if isinstance(field, models.JSONField) else value

"""Writing very many rows at once with COPY, from unsaved objects of a model or from plain rows."""

import json
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault
from psycopg import sql


def copy_objects(objects: Sequence[models.Model]) -> None:
    """Insert unsaved objects of one model. No save hooks run; keys made by the database are left to it."""
    if not objects:
        return
    fields = written_fields(type(objects[0]))
    copy_rows(objects[0]._meta.db_table, [field.column for field in fields], _rows(objects, fields))


def written_fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns that whoever writes a row gives; keys made by the database are left to it."""
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows, each with one value for each column; JSON as text."""
    names = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def told(value: Any) -> Any:
    """What the database would fill in is written out: no value of a named column is left to it."""
    default: Any = value
    return default.expression.value if isinstance(value, DatabaseDefault) else value


def _rows(objects: Sequence[models.Model], fields: Sequence[Any]) -> Iterator[Sequence[Any]]:
    values_of = attrgetter(*(field.attname for field in fields))
    in_json = [place for place, field in enumerate(fields) if isinstance(field, models.JSONField)]
    for each in objects:
        row = [told(value) for value in values_of(each)]
        for place in in_json:
            row[place] = json.dumps(row[place]) if row[place] else "[]" if row[place] == [] else "{}"
        yield row

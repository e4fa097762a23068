"""Rows as lines of COPY: everything an unsaved object says once, only what varies is filled in each time."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection, models
from django.db.models.expressions import DatabaseDefault
from psycopg import sql

from handrail.events import Fact


class Lines:
    """The lines of one table. varying: names of columns that each row gives as text, ready for COPY."""

    def __init__(self, example: models.Model, *varying: str) -> None:
        fields = [each for each in example._meta.concrete_fields if not isinstance(each, models.AutoField)]
        fields = [each for each in fields if not each.generated]
        self.table = example._meta.db_table
        self.columns = [each.column for each in fields]
        missing = set(varying) - {each.attname for each in fields}
        if missing:
            raise TypeError(f"{self.table} has no {missing}")
        parts = [
            f"%({each.attname})s" if each.attname in varying else _constant(example, each) for each in fields
        ]
        self.form = "\t".join(parts) + "\n"
        self.rows: list[str] = []

    def add(self, **values: object) -> None:
        self.rows.append(self.form % values)

    def write(self) -> None:
        write(self.table, self.columns, self.rows)
        self.rows = []


class FactLines:
    """The lines of one kind of fact; what varies stands in the example as a value of its own."""

    COLUMNS = ("at", "kind", "subject_id", "payload")

    def __init__(self, example: Fact, **varying: object) -> None:
        text = text_of(msgspec.json.encode(example).decode()).replace("%", "%%")
        for name, value in varying.items():
            told = text_of(msgspec.json.encode(value).decode()).strip('"')
            text = text.replace(told, f"%({name})s")
        self.form = f"%(at)s\t{example.kind}\t%(ticket)s\t{text}\n"

    def line(self, **values: object) -> str:
        return self.form % values


def write(table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
    """Insert lines that are ready for COPY."""
    names = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write("".join(lines))


def text_of(text: str) -> str:
    """A text as COPY wants it."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _constant(example: models.Model, field: Any) -> str:
    value: Any = getattr(example, field.attname)
    if isinstance(value, DatabaseDefault):
        default: Any = value
        value = default.expression.value
    return _told(value, is_json=isinstance(field, models.JSONField)).replace("%", "%%")


def _told(value: object, *, is_json: bool) -> str:
    if is_json and value is not None:
        return text_of(json.dumps(value))
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return value.isoformat() if isinstance(value, datetime) else text_of(str(value))

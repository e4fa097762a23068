"""Reads that every page asks again: the ORM writes their SQL once, afterwards only the values change.

Building and compiling a queryset costs more than running it, and PostgreSQL plans each statement anew. A
prepared read pays both once for each process and connection. It is for the few reads that every page asks;
everything else stays a plain queryset.
"""

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from psycopg import sql

Value = UUID | int | str | datetime
Build = Callable[..., "QuerySet[Any, tuple[Any, ...]]"]


@dataclass(frozen=True, slots=True)
class _Statement:
    """SQL with places. order: which value stands at each place. empty: it never finds anything.

    converters: by the number of a column, what turns the driver's value into the field's.
    """

    text: str
    order: list[int]
    converters: list[tuple[int, list[Any], Any]]
    empty: bool = False


class Prepared:
    """A read whose SQL is made once for each shape of its values.

    build: takes stand-ins by keyword and returns a `values_list` queryset. It must use each stand-in as a
    value to compare with and never look into it. A list is a value too; its length belongs to the shape.
    """

    def __init__(self, build: Build) -> None:
        self.build = build
        self._statements: dict[Hashable, _Statement] = {}

    def rows(self, *, shape: Hashable = None, **values: Value | Sequence[Value]) -> list[tuple[Any, ...]]:
        """The rows for these values. shape: whatever else decides how the SQL looks; handed to `build`."""
        flat, form = _flattened(values)
        statement = self._statements.get((shape, form))
        if statement is None:
            statement = self._statements[shape, form] = _prepare(self.build, shape, values)
        return [] if statement.empty else _run(statement, flat)


def _flattened(values: dict[str, Value | Sequence[Value]]) -> tuple[list[Value], tuple[Hashable, ...]]:
    """All single values in order, and the form of what was given: names, types, lengths."""
    flat: list[Value] = []
    form: list[Hashable] = []
    for name, value in values.items():
        several = isinstance(value, list | tuple)
        parts: Sequence[Value] = value if several else [value]  # type: ignore[assignment,list-item]
        flat += parts
        form.append((name, several, len(parts), tuple(type(part) for part in parts)))
    return flat, tuple(form)


def _prepare(build: Build, shape: Hashable, values: dict[str, Value | Sequence[Value]]) -> _Statement:
    places: list[Value] = []

    def stand_in(value: Value) -> Value:
        places.append(_stand_in(value, len(places)))
        return places[-1]

    given = {
        name: [stand_in(part) for part in value] if isinstance(value, list | tuple) else stand_in(value)  # type: ignore[arg-type]
        for name, value in values.items()
    }
    if shape is not None:
        given["shape"] = shape  # type: ignore[assignment]
    compiler = build(**given).query.get_compiler(connection=connection)
    try:
        text, parameters = compiler.as_sql()
    except EmptyResultSet:
        return _Statement("", [], [], empty=True)
    return _with_places(compiler, text, parameters, places)


def _with_places(compiler: Any, text: str, parameters: Sequence[Any], places: list[Value]) -> _Statement:
    """Constants become part of the text, so that partial indexes count; stand-ins stay places."""
    connection.ensure_connection()  # how a constant is written depends on the server's settings
    parts, order = text.split("%s"), []
    written = [parts[0]]
    for parameter, part in zip(parameters, parts[1:], strict=True):
        place = _place_of(parameter, places)
        if place is None:
            written.append(sql.Literal(parameter).as_string(connection.connection).replace("%", "%%"))
        else:
            written.append("%s")
            order.append(place)
        written.append(part)
    _mind_strays("".join(written), places)
    found = compiler.get_converters([column[0] for column in compiler.select])
    converters = [(number, list(each), expression) for number, (each, expression) in found.items()]
    return _Statement("".join(written), order, converters)


def _place_of(parameter: Any, places: list[Value]) -> int | None:
    """Which stand-in this is; fields may hand in a subclass of what they were given."""
    same = (n for n, each in enumerate(places) if isinstance(parameter, type(each)) and each == parameter)
    return next(same, None)


def _mind_strays(text: str, places: list[Value]) -> None:
    """A stand-in among the constants would be compared with for ever."""
    for each in places:
        if str(each) in text or (isinstance(each, UUID) and each.hex in text):
            raise TypeError(f"A field changed the value of a prepared read: {text}")


def _stand_in(value: Value, number: int) -> Value:
    """Something of the same type that stands nowhere else."""
    if isinstance(value, UUID):
        return uuid4()
    if isinstance(value, datetime):
        return datetime(1871, 3, 7, tzinfo=UTC) + timedelta(microseconds=number)
    if isinstance(value, int):
        return 32_701 + number  # fits the smallest column
    return f"\u2063stand-in {uuid4()}"


def columns_of(kind: type[Model]) -> list[str]:
    """The columns of a model in the order of its fields, as `values_list` and `from_db` take them."""
    return [field.attname for field in kind._meta.concrete_fields]


def ask(text: str, values: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement of our own that every page asks again; it is planned once for a connection.

    Only where the best way to the rows does not depend on the values. values: by place or by name.
    """
    began = time.monotonic()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(text.encode(), values, prepare=True)
        rows = cursor.fetchall() if cursor.description else []
    if connection.queries_logged:  # tests count queries, whichever way they went
        took = f"{time.monotonic() - began:.3f}"
        connection.queries_log.append({"sql": text, "time": took})
    return rows


def _run(statement: _Statement, values: list[Value]) -> list[tuple[Any, ...]]:
    rows = ask(statement.text, [values[place] for place in statement.order])
    return [_converted(row, statement.converters) for row in rows] if statement.converters else rows


def _converted(row: tuple[Any, ...], converters: list[tuple[int, list[Any], Any]]) -> tuple[Any, ...]:
    values = list(row)
    for number, each, expression in converters:
        for convert in each:
            values[number] = convert(values[number], expression, connection)
    return tuple(values)

"""Feeding the index."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from handrail.kit.copying import copy_rows
from handrail.search.words import plain

#: Only so many characters of a text are indexed; PostgreSQL refuses vectors above a megabyte.
INDEXED_CHARACTERS = 100_000

_PUT = """
    INSERT INTO search_document (kind, key, owner, at, vector)
    VALUES (%s, %s, %s, %s, setweight(to_tsvector('simple', %s), 'A') || to_tsvector('simple', %s))
    ON CONFLICT (kind, key) DO UPDATE
       SET owner = EXCLUDED.owner, at = EXCLUDED.at, vector = EXCLUDED.vector
"""


def put(*, kind: str, key: UUID, owner: UUID, at: datetime, title: str, body: str) -> None:
    """Index a text, or index it anew."""
    with connection.cursor() as cursor:
        cursor.execute(_PUT, [kind, key, owner, at, plain(title[:1000]), plain(body[:INDEXED_CHARACTERS])])


def drop(*, kind: str, key: UUID) -> None:
    """Forget a text."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_document WHERE kind = %s AND key = %s", [kind, key])


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """What `put` takes, for many texts at once."""

    kind: str
    key: UUID
    owner: UUID
    at: datetime
    title: str
    body: str


def put_many(texts: Sequence[Text]) -> None:
    """Index texts that are not in the index yet, in two statements. Within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_SHELF)
    rows = (
        (
            text.kind,
            text.key,
            text.owner,
            text.at,
            plain(text.title[:1000]),
            plain(text.body[:INDEXED_CHARACTERS]),
        )
        for text in texts
    )
    copy_rows("search_shelf", ["kind", "key", "owner", "at", "title", "body"], rows)
    with connection.cursor() as cursor:
        cursor.execute(_PUT_MANY)


@contextmanager
def rebuilt_at_the_end() -> Iterator[None]:
    """Many texts come: build the index once after them. Within a transaction, which others wait for."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX search_document_vector")
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute("CREATE INDEX search_document_vector ON search_document USING gin (vector)")


_SHELF = """
    CREATE TEMPORARY TABLE IF NOT EXISTS search_shelf
        (kind text, key uuid, owner uuid, at timestamptz, title text, body text) ON COMMIT DROP;
    TRUNCATE search_shelf
"""
_PUT_MANY = """
    INSERT INTO search_document (kind, key, owner, at, vector)
    SELECT kind, key, owner, at,
           setweight(to_tsvector('simple', title), 'A') || to_tsvector('simple', body)
      FROM search_shelf
"""

"""Feeding the index."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from handrail.kit.copying import copy_rows
from handrail.kit.prepared import ask
from handrail.search import vocabulary
from handrail.search.marks import marks_of
from handrail.search.words import plain

#: Only so many characters of a text are indexed; PostgreSQL refuses vectors above a megabyte.
INDEXED_CHARACTERS = 100_000

_VECTOR = """
    setweight(to_tsvector('simple', title), 'A') || to_tsvector('simple', body)
        || array_to_tsvector(string_to_array(marks, ' '))
"""
_PUT = f"""
    WITH texts AS (
        SELECT * FROM unnest(%s::text[], %s::uuid[], %s::uuid[], %s::timestamptz[],
                             %s::text[], %s::text[], %s::text[])
                      AS text (kind, key, owner, at, marks, title, body)),
    put AS (
        INSERT INTO search_document (kind, key, owner, at, vector)
        SELECT kind, key, owner, at, {_VECTOR} FROM texts
        ON CONFLICT (kind, key) DO UPDATE
           SET id = DEFAULT, owner = EXCLUDED.owner, at = EXCLUDED.at, vector = EXCLUDED.vector)
    SELECT former.id, former.vector::text FROM search_document AS former JOIN texts USING (kind, key)
"""  # noqa: S608
_DROP = "DELETE FROM search_document WHERE kind = %s AND key = %s RETURNING id, vector::text"
_DROP_ALL = "DELETE FROM search_document WHERE owner = %s RETURNING id, vector::text"
_COLUMNS = ("kind", "key", "owner", "at", "marks", "title", "body")


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """One searchable text. owner: the thing a hit leads to. scope: whose it is, for instance a brand."""

    kind: str
    key: UUID
    owner: UUID
    scope: UUID
    at: datetime
    title: str
    body: str

    @property
    def columns(self) -> tuple[str, UUID, UUID, datetime, str, str, str]:
        title, body = plain(self.title[:1000]), plain(self.body[:INDEXED_CHARACTERS])
        marks = marks_of(scope=self.scope, at=self.at)
        return (self.kind, self.key, self.owner, self.at, marks, title, body)


def put(texts: Sequence[Text]) -> None:
    """Index texts, or index them anew, in one statement. No two may have the same kind and key."""
    if texts:
        columns = zip(*(text.columns for text in texts), strict=True)
        vocabulary.forget(ask(_PUT, [list(column) for column in columns]))


def drop(*, kind: str, key: UUID) -> None:
    """Forget a text."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP, [kind, key])
        former = cursor.fetchall()
    vocabulary.forget(former)


def drop_all(owner: UUID) -> None:
    """Forget all texts of an owner."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP_ALL, [owner])
        former = cursor.fetchall()
    vocabulary.forget(former)


def put_many(texts: Sequence[Text]) -> None:
    """Index very many texts that are not in the index yet. Within a transaction."""
    put_plain(text.columns for text in texts)


def put_plain(rows: Iterable[Sequence[object]]) -> None:
    """The same for rows whose words are plain already: kind, key, owner, moment, marks, title, body."""
    with connection.cursor() as cursor:
        cursor.execute(_SHELF)
    copy_rows("search_shelf", _COLUMNS, rows)
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
        (kind text, key uuid, owner uuid, at timestamptz, marks text, title text, body text) ON COMMIT DROP;
    TRUNCATE search_shelf
"""
_PUT_MANY = f"""
    INSERT INTO search_document (kind, key, owner, at, vector)
    SELECT kind, key, owner, at, {_VECTOR}
      FROM search_shelf
"""  # noqa: S608


def merge_new_texts() -> None:
    """Bring what the index keeps apart of new texts to its place: every search reads all that is apart."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('search_document_vector')")

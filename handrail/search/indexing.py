"""Feeding the index."""

from datetime import datetime
from uuid import UUID

from django.db import connection

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

"""Asking the index."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from handrail.search.words import plain

#: Only the newest so many matches are ranked, which keeps common words as quick as rare ones.
RANKED_MATCHES = 2000

_FIND = """
    WITH matches AS (
        SELECT owner, at, vector FROM search_document
         WHERE kind = ANY(%(kinds)s) AND vector @@ to_tsquery('simple', %(query)s)
         ORDER BY at DESC LIMIT %(ranked)s)
    SELECT owner FROM matches
     GROUP BY owner
     ORDER BY max(ts_rank(vector, to_tsquery('simple', %(query)s))) DESC, max(at) DESC
     LIMIT %(limit)s
"""


def owners_matching(words: str, *, kinds: Sequence[str], limit: int = 200) -> list[UUID]:
    """The owners of the texts that hold all the words, best first; the last word may be unfinished.

    The caller narrows them to what its viewer may see.
    """
    query = _as_query(words)
    if not query:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            _FIND, {"kinds": list(kinds), "query": query, "ranked": RANKED_MATCHES, "limit": limit}
        )
        return [owner for (owner,) in cursor.fetchall()]


def _as_query(words: str) -> str:
    """Plain words as a tsquery: only letters and digits get through, so that no input is a syntax error."""
    found = plain(words[:200]).split()[:12]
    return " & ".join([*found[:-1], f"{found[-1]}:*"]) if found else ""

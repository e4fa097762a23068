"""The words that stand in the index and in about how many texts: for what is typed halfway, or wrongly.

Texts are counted some time after they came, many at once, by one process: no two that index a text meet on
the row of a common word. Words with a digit are left out: a number like another means something else.
"""

from django.db import connection, transaction

#: "WORD" in ASCII: the advisory lock of whoever counts.
LOCK = 0x574F5244
SHORTEST, LONGEST = 2, 20
#: Shorter words resemble too many others.
MISTAKEN = 4

_PREPARE = """
    INSERT INTO search_tally (id, counted, newest) VALUES (1, 0, 0) ON CONFLICT DO NOTHING
"""
_NEXT = """
    UPDATE search_tally
       SET counted = least(old.newest, old.counted + %(limit)s),
           newest = (SELECT coalesce(max(id), 0) FROM search_document)
      FROM (SELECT counted, newest FROM search_tally) AS old
 RETURNING old.counted, search_tally.counted, search_tally.newest
"""
_COUNT = """
    WITH found AS (
        SELECT word, ndoc FROM ts_stat(%(texts)s)
         WHERE length(word) BETWEEN %(shortest)s AND %(longest)s AND word ~ '^[[:alpha:]]+$'),
    kept AS (
        INSERT INTO search_word (word, documents) SELECT word, ndoc FROM found ORDER BY word
        ON CONFLICT (word) DO UPDATE SET documents = search_word.documents + EXCLUDED.documents
        RETURNING word, xmax = 0 AS is_new)
    INSERT INTO search_spelling (spelling, word_id)
    SELECT DISTINCT left(word, letter - 1) || substr(word, letter + 1), word
      FROM kept, generate_series(1, length(word) + 1) AS letter
     WHERE is_new AND length(word) >= %(mistaken)s
"""


@transaction.atomic
def count_some(*, limit: int) -> int:
    """Count the words of texts that came since; returns about how many texts are left.

    A text is counted one call after it was first seen, when whoever wrote it is surely done.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(_PREPARE)
        cursor.execute(_NEXT, {"limit": limit})
        before, counted, newest = cursor.fetchone()
        if counted > before:
            texts = f"SELECT vector FROM search_document WHERE id > {before} AND id <= {counted}"  # noqa: S608
            cursor.execute(
                _COUNT, {"texts": texts, "shortest": SHORTEST, "longest": LONGEST, "mistaken": MISTAKEN}
            )
    return int(newest - counted)

"""The words that stand in the index and in about how many texts: for what is typed halfway, or wrongly.

Texts are counted some time after they came, many at once, by one process: no two that index a text meet on
the row of a common word. Words with a digit are left out: a number like another means something else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import prod

from django.db import connection, transaction

from handrail.kit.prepared import ask

#: "WORD" in ASCII: the advisory lock of whoever counts.
LOCK = 0x574F5244
SHORTEST, LONGEST = 2, 20
#: Shorter words resemble too many others.
MISTAKEN = 4
#: An unfinished word stands for so many of the commonest that begin so.
BEGINNINGS = 8
#: A number may be unfinished from so many digits on.
NUMBER_BEGINS = 4
SUGGESTED = 3
MANY = 2**31
#: A word that was not counted yet stands in few texts.
_UNKNOWN = 1000

_PREPARE = """
    INSERT INTO search_tally (id, counted, newest) VALUES (1, 0, 0) ON CONFLICT DO NOTHING
"""
_NEXT = """
    UPDATE search_tally
       SET counted = least(old.newest, old.counted + %(limit)s),
           newest = (SELECT coalesce(max(id), 0) FROM search_document)
      FROM (SELECT counted, newest FROM search_tally) AS old
     WHERE old.counted < (SELECT max(id) FROM search_document)
 RETURNING old.counted, search_tally.counted
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
    """Count the words of texts that came since; returns how far it came, in texts.

    A text is counted one call after it was first seen, when whoever wrote it is surely done.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if cursor.fetchone() != (True,):  # somebody else counts
            return 0
        cursor.execute(_PREPARE)
        cursor.execute(_NEXT, {"limit": limit})
        before, counted = cursor.fetchone() or (0, 0)
        if counted > before:
            texts = f"SELECT vector FROM search_document WHERE id > {before} AND id <= {counted}"  # noqa: S608
            lengths = {"shortest": SHORTEST, "longest": LONGEST, "mistaken": MISTAKEN}
            cursor.execute(_COUNT, {"texts": texts, **lengths})
    return int(counted - before)


def count_all(*, limit: int = 1_000, told: Callable[[int], None] = lambda _texts: None) -> None:
    """Count everything that is there, so many texts at once; nobody writes meanwhile."""
    count_some(limit=0)
    texts = 0
    while more := count_some(limit=limit):
        texts += more
        told(texts)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of some words. beginnings: the commonest words that begin as the unfinished one does.

    counted: the texts up to this one are counted; the few after it are to be looked at one by one.
    texts, days: about how many texts there are, and for how long.
    """

    documents: dict[str, int]
    beginnings: dict[str, int]
    unfinished: str
    counted: int
    texts: int
    days: int
    now: datetime

    def at_most(self, words: Sequence[str]) -> int:
        """In about how many texts all of these stand together, at most."""
        return min(self._counts(words), default=MANY)

    def likely_a_day(self, words: Sequence[str]) -> float:
        """In how many texts of a day all of these stand together, if words knew nothing of each other."""
        shares = [min(count / max(self.texts, 1), 1.0) for count in self._counts(words)]
        return prod(shares) * self.texts / max(self.days, 1)

    def _counts(self, words: Sequence[str]) -> list[int]:
        finished = words[:-1] if self.unfinished else words
        counts = [self.documents.get(word, _UNKNOWN) for word in finished if word.isalpha()]
        if self.unfinished.isalpha():
            counts.append(sum(self.beginnings.values()))
        return counts

    def beginning_with(self, last: str) -> str:
        """As part of a tsquery: the unfinished word, or any of the common ones that begin so.

        The index would have to read the lists of all words with this beginning; numbers have none here.
        """
        if not last.isalpha():
            return f"'{last}':*" if len(last) >= NUMBER_BEGINS else f"'{last}'"
        return " | ".join(f"'{word}'" for word in dict.fromkeys([last, *self.beginnings]))


def look_up(words: Sequence[str], *, unfinished: str) -> Known:
    """Ask for all of it at once."""
    beginning = unfinished if unfinished.isalpha() else ""
    rows = ask(_LOOK_UP, {"words": list(words), "beginning": beginning, "most": BEGINNINGS})
    of_kind: dict[str, dict[str, int]] = {"word": {}, "beginning": {}, "known": {}}
    for kind, word, number, _now in rows:
        of_kind[kind][word] = number
    known = {"days": 0} | of_kind["known"]
    return Known(
        documents=of_kind["word"],
        beginnings=of_kind["beginning"],
        unfinished=unfinished,
        **known,
        now=rows[-1][-1],
    )


def forget(texts: Sequence[tuple[int, str]]) -> None:
    """Texts left the index, each with its number and vector: their words stand in fewer, or in none now."""
    with connection.cursor() as cursor:
        for number, vector in texts:
            cursor.execute(_FEWER, {"number": number, "vector": vector})
            gone = [word for word, documents in cursor.fetchall() if documents < 1]
            cursor.execute("DELETE FROM search_spelling WHERE word_id = ANY(%s)", [gone])
            cursor.execute("DELETE FROM search_word WHERE word = ANY(%s)", [gone])


def resembling(words: Sequence[str]) -> dict[str, list[str]]:
    """For each of these words the common ones it may be a slip of, the likeliest first."""
    asked = [word for word in words if word.isalpha() and MISTAKEN <= len(word) <= LONGEST]
    spelled = [(spelling, word) for word in asked for spelling in spellings_of(word)]
    if not spelled:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_RESEMBLING, [list(column) for column in zip(*spelled, strict=True)])
        rows = cursor.fetchall()
    likely: dict[str, list[tuple[int, int, str]]] = {}
    for asked_word, word, documents in rows:
        far = distance(asked_word, word)
        if 0 < far <= (1 if len(asked_word) < 8 else 2):
            likely.setdefault(asked_word, []).append((far, -documents, word))
    return {
        word: [each for _far, _documents, each in sorted(found)[:SUGGESTED]] for word, found in likely.items()
    }


def spellings_of(word: str) -> set[str]:
    """The word, and the word without each of its letters."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def distance(one: str, other: str) -> int:
    """How many slips lie between two words: a letter too many, too few, wrong, or two exchanged."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        last, before, row = before, row, [place]
        for index, another in enumerate(other, start=1):
            same = letter == another
            cost = min(before[index] + 1, row[index - 1] + 1, before[index - 1] + (not same))
            if place > 1 < index and letter == other[index - 2] and one[place - 2] == another:
                cost = min(cost, last[index - 2] + 1)
            row.append(cost)
    return row[-1]


_LOOK_UP = """
    SELECT 'word', word, documents, NULL::timestamptz FROM search_word WHERE word = ANY(%(words)s)
    UNION ALL
    (SELECT 'beginning', word, documents, NULL::timestamptz FROM search_word
      WHERE left(word, 2) = left(%(beginning)s, 2) AND starts_with(word, %(beginning)s)
        AND length(%(beginning)s) > 1
      ORDER BY documents DESC LIMIT %(most)s)
    UNION ALL
    SELECT 'known', 'texts', greatest(reltuples::bigint, 0), NULL
      FROM pg_class WHERE oid = 'search_document'::regclass
    UNION ALL
    (SELECT 'known', 'days', extract(epoch FROM now() - at)::bigint / 86400, NULL
       FROM search_document ORDER BY id LIMIT 1)
    UNION ALL
    SELECT 'known', 'counted', greatest((SELECT counted FROM search_tally),
                                        (SELECT max(id) FROM search_document) - 300, 0), now()
"""
_RESEMBLING = """
    SELECT DISTINCT asked.word, known.word, known.documents
      FROM unnest(%s::text[], %s::text[]) AS asked (spelling, word)
      JOIN search_spelling AS near ON near.spelling = asked.spelling
      JOIN search_word AS known ON known.word = near.word_id
     WHERE known.documents >= 2
"""
#: In the order of the words, so that nobody waits in a ring.
_FEWER = """
    UPDATE search_word SET documents = documents - 1
     WHERE word IN (SELECT word FROM search_word, search_tally
                     WHERE %(number)s <= counted AND word = ANY(tsvector_to_array(%(vector)s::tsvector))
                     ORDER BY word FOR UPDATE OF search_word)
    RETURNING word, documents
"""

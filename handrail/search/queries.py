"""Asking the index: the newest matches are ranked, however many there are and however few may be seen.

A common word stands in so many texts that not even its list can be read while somebody waits. So the newest
days that are likely to hold enough are asked first and four times as many after that, until enough is found;
the marks of days and of scopes in the index let it skip all the rest. See decision 0015.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from handrail.search import vocabulary
from handrail.search.marks import Newest, ladder, within
from handrail.search.words import asked_words

#: Only the newest so many matches are ranked.
RANKED_MATCHES = 2000
#: So many times as many matches as are wanted are enough not to look at older days.
ENOUGH = 1.5
#: What at most so many times as many texts hold is asked for in all days at once.
FEW = 20
#: From this level on the index itself skips foreign texts; below, and among few, passing over is quicker.
WIDE = 4

_FIND = """
    WITH found AS MATERIALIZED (
        (SELECT 1 AS counts, owner, at, vector FROM search_document
          WHERE vector @@ (to_tsquery('simple', %(finished)s) && %(unfinished)s::tsquery
                           && %(marks)s::tsquery)
            AND kind = ANY(%(kinds)s) {scopes} {among}
          ORDER BY at DESC LIMIT %(ranked)s) {uncounted})
    SELECT (SELECT sum(counts) FROM found), owner
      FROM found
     GROUP BY owner
     ORDER BY max(ts_rank(vector, to_tsquery('simple', %(ranking)s))) DESC, max(at) DESC
     LIMIT %(limit)s
"""
#: The function and not the operator, so that the index is not asked.
_PASSED_OVER = "AND ts_match_vq(vector, %(scopes)s::tsquery)"
_UNCOUNTED = """
        UNION ALL
        SELECT 0, owner, at, vector FROM search_document
         WHERE id > %(counted)s AND vector @@ (to_tsquery('simple', %(ranking)s) && %(scopes)s::tsquery)
           AND kind = ANY(%(kinds)s) {among}"""


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What somebody may see. scopes: whose texts; None for all. among: owners, where scopes are too wide."""

    scopes: Sequence[UUID] | None = None
    among: "QuerySet[Any, Any] | None" = None

    @property
    def marks(self) -> str:
        """As part of a tsquery; empty for all."""
        return "" if self.scopes is None else within(self.scopes)


EVERYTHING = Sight()


def owners_matching(
    words: str,
    *,
    kinds: Sequence[str],
    sight: Sight = EVERYTHING,
    at: datetime | None = None,
    limit: int = 200,
) -> list[UUID]:
    """The owners of the texts that hold all the words, best first; the last word may be unfinished.

    at: the present moment, by the database's clock when left out. A blank behind the last word says that it
    is whole.
    """
    found = asked_words(words)
    if not found or sight.scopes == []:
        return []
    whole = words[-1:].isspace() or len(found[-1]) < vocabulary.SHORTEST
    known = vocabulary.look_up(found, unfinished="" if whole else found[-1])
    asked = _asked(found, known, whole=whole) | {"kinds": list(kinds), "limit": limit, "scopes": sight.marks}
    at, enough = at or known.now, min(limit * ENOUGH, RANKED_MATCHES)
    steps = _steps(found, known, limit=limit, at=at)
    owners: list[UUID] = []
    for step in [*steps, None]:
        is_wide = step.level >= WIDE if step else bool(steps)
        asked["marks"] = " & ".join(
            part for part in (step.marks(at) if step else "", sight.marks if is_wide else "") if part
        )
        passing = sight.scopes is not None and not is_wide
        matches, owners = _find(asked, sight.among, passing_over=passing, with_uncounted=not whole)
        if matches >= enough:
            break
    return owners


def _steps(found: list[str], known: vocabulary.Known, *, limit: int, at: datetime) -> list[Newest]:
    """From the fewest days likely to hold enough, then in wide steps; none where all days hold few."""
    if known.at_most(found) <= FEW * limit:
        return []
    a_day = known.likely_a_day(found)
    likely = [step for step in ladder(at) if step.days_until(at) * a_day >= limit * ENOUGH]
    return [*likely[:1], *(step for step in likely[1:] if step.before)]


def _asked(found: list[str], known: vocabulary.Known, *, whole: bool) -> dict[str, Any]:
    """The words as parts of tsqueries: only letters and digits are left, so none is a syntax error."""
    last = found[-1]
    finished = found if whole else found[:-1]
    return {
        "finished": " & ".join(finished),
        "unfinished": "" if whole else known.beginning_with(last),
        "ranking": " & ".join([*finished, *([] if whole else [f"{last}:*"])]),
        "counted": known.counted,
        "ranked": RANKED_MATCHES,
    }


def _find(
    asked: dict[str, Any], among: "QuerySet[Any, Any] | None", *, passing_over: bool, with_uncounted: bool
) -> tuple[int, list[UUID]]:
    """How many matches there are, up to RANKED_MATCHES, and their owners."""
    narrowed, values = _narrowed(among)
    statement = _FIND.format(
        among=narrowed,
        scopes=_PASSED_OVER if passing_over else "",
        uncounted=_UNCOUNTED.format(among=narrowed) if with_uncounted else "",
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, asked | values)
        rows = cursor.fetchall()
    return (rows[0][0] if rows else 0), [owner for _count, owner in rows]


def _narrowed(among: "QuerySet[Any, Any] | None") -> tuple[str, dict[str, Any]]:
    """A condition on the owner, with its values by name."""
    if among is None:
        return "", {}
    text, parameters = among.order_by().values("pk").query.sql_with_params()
    names = [f"among_{place}" for place in range(len(parameters))]
    statement = text % tuple(f"%({name})s" for name in names)
    return f"AND owner IN ({statement})", dict(zip(names, parameters, strict=True))

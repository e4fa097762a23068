"""What somebody searched for last, so that it is one key away."""

from datetime import datetime
from uuid import UUID

from handrail.kit.prepared import ask
from handrail.search.models import Asked

#: So many are remembered for each.
KEPT = 8


def remember(words: str, *, whose: UUID, at: datetime) -> None:
    """They searched for this now; what they searched for long ago is forgotten."""
    words = " ".join(words.split())[:200]
    if not words:
        return
    ask(_REMEMBER, {"whose": whose, "words": words, "at": at, "kept": KEPT})


def recent(whose: UUID) -> list[str]:
    """The last searches, the newest first."""
    return list(Asked.objects.filter(whose=whose).order_by("-at").values_list("words", flat=True))


def forget(whose: UUID) -> None:
    """None of them is remembered any more."""
    Asked.objects.filter(whose=whose).delete()


#: Nobody waits for the disk: a search forgotten in a crash is no loss.
_REMEMBER = """
    WITH now AS (
        INSERT INTO search_asked (whose, words, at)
        SELECT %(whose)s, %(words)s, %(at)s
          FROM set_config('synchronous_commit', 'off', true) AS hurry WHERE hurry = 'off'
        ON CONFLICT (whose, words) DO UPDATE SET at = EXCLUDED.at)
    DELETE FROM search_asked
     WHERE whose = %(whose)s AND words <> %(words)s
       AND id NOT IN (SELECT id FROM search_asked WHERE whose = %(whose)s AND words <> %(words)s
                       ORDER BY at DESC LIMIT %(kept)s - 1)
"""

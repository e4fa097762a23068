"""Words known again: every run of eight words of an article is kept as a number.

What only colleagues may read stays restricted until a publisher shows it to others: a change of audience
alone opens nothing. What everybody may read is kept too, because the same sentence may stand in both.
"""

from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db import connection

from handrail.kit.prepared import ask
from handrail.knowledge.models import Article, Audience, Passage, State
from handrail.search.words import plain

#: So many words in a row are known again.
WORDS = 8

_KEEP = """
    INSERT INTO knowledge_passage (article_id, run, restricted)
    SELECT %(article)s, run, %(restricted)s FROM unnest(%(runs)s::bigint[]) AS run
    ON CONFLICT (article_id, run) DO UPDATE SET restricted = EXCLUDED.restricted
"""
_RESTRICTED = """
    SELECT run FROM knowledge_passage WHERE run = ANY(%(runs)s::bigint[])
     GROUP BY run HAVING bool_and(restricted)
"""


def runs_of(text: str) -> dict[int, str]:
    """Every run of words in it: its number, and the words. In scripts that part words by blanks."""
    words = plain(text).split()
    runs = (" ".join(words[start : start + WORDS]) for start in range(len(words) - WORDS + 1))
    return {_number(run): run for run in runs}


def restricted_in(text: str) -> str:
    """A run of words in it that only colleagues may read; empty when there is none. One query."""
    runs = runs_of(text)
    if not runs:
        return ""
    found = {run for (run,) in ask(_RESTRICTED, {"runs": list(runs)})}
    return next((words for run, words in runs.items() if run in found), "")


def keep(article_id: UUID) -> None:
    """Keep the runs of an article as it is now; those of earlier words of colleagues stay."""
    article = Article.objects.select_related("shown").get(pk=article_id)
    if article.audience == Audience.COLLEAGUES:
        Passage.objects.filter(article=article, restricted=False).delete()
        shown = article.shown.whole if article.shown else ""
        newest = "\n".join((article.title, article.summary, article.text))
        _keep(article, f"{newest}\n{shown}", restricted=True)
    elif article.state == State.PUBLISHED and article.shown:
        Passage.objects.filter(article=article).delete()
        _keep(article, article.shown.whole, restricted=False)
    elif article.state == State.ARCHIVED:
        Passage.objects.filter(article=article, restricted=False).delete()


def _keep(article: Article, text: str, *, restricted: bool) -> None:
    with connection.cursor() as cursor:
        given: dict[str, Any] = {"article": article.pk, "runs": list(runs_of(text)), "restricted": restricted}
        cursor.execute(_KEEP, given)


def _number(run: str) -> int:
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), signed=True)

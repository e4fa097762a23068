"""Searching among few things of one kind: their texts are read one by one, without the index.

So many others as stand in the index, and however common a word is there, a search among a few thousand
costs the same.
"""

from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import BooleanField, F, Func, QuerySet

from handrail.search.models import Document
from handrail.search.words import MOST_CHARACTERS, MOST_WORDS, asked_words, plain

#: Shorter words say too little to find something by one of them alone.
TELLING = 4


def holding_all(words: str, *, kind: str, among: "QuerySet[Any, Any]", limit: int) -> list[UUID]:
    """The keys of the texts that hold all the words, best first; the last word may be unfinished.

    among: what the viewer may see, by the ids that are the keys of texts of this kind.
    """
    found = asked_words(words)
    if not found:
        return []
    return _ranked(" & ".join([*found[:-1], f"{found[-1]}:*"]), kind=kind, among=among, limit=limit)


def holding_any(words: str, *, kind: str, among: "QuerySet[Any, Any]", limit: int) -> list[UUID]:
    """The same for texts that hold at least one of the longer words."""
    found = [word for word in plain(words[:MOST_CHARACTERS]).split() if len(word) >= TELLING][:MOST_WORDS]
    return _ranked(" | ".join(found), kind=kind, among=among, limit=limit) if found else []


def _ranked(query: str, *, kind: str, among: "QuerySet[Any, Any]", limit: int) -> list[UUID]:
    asked = SearchQuery(query, config="simple", search_type="raw")
    # The function and not the operator, so that the index is not asked.
    holds = Func(F("vector"), asked, function="ts_match_vq", output_field=BooleanField())
    rows = Document.objects.filter(holds, kind=kind, key__in=among.order_by().values("pk"))
    best = rows.order_by(SearchRank(F("vector"), asked).desc(), "-at")
    return list(best.values_list("key", flat=True)[:limit])

"""Which things hold certain words, as part of a larger question: unranked, exact, not cut off anywhere."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet

from handrail.search.models import Document
from handrail.search.words import plain

#: More words of one text are not looked at; no index needs them to find it.
MOST_WORDS = 20


def texts_with(
    words: Sequence[tuple[str, bool]], *, kinds: Sequence[str], titles: bool = False
) -> "QuerySet[Document, Any]":
    """The owners of the texts that hold all of these. Each is a text and whether its words follow each other.

    The last word of a text that is not exact may be unfinished. titles: look in the titles alone. For use as
    a subquery: the caller narrows to what its viewer may see.
    """
    found = Document.objects.filter(kind__in=list(kinds)).order_by()
    query = " & ".join(_part(text, exact=exact, titles=titles) for text, exact in words if plain(text))
    if query:
        found = found.filter(vector=SearchQuery(query, config="simple", search_type="raw"))
    return found.values("owner")


def _part(text: str, *, exact: bool, titles: bool) -> str:
    """A text as part of a tsquery: only letters and digits get through, so that nothing is a syntax error."""
    found = plain(text).split()[:MOST_WORDS]
    words = [f"{word}:A" for word in found] if titles else found
    if exact:
        return f"({' <-> '.join(words)})"
    unfinished = f"{found[-1]}:*A" if titles else f"{found[-1]}:*"
    return " & ".join([*words[:-1], unfinished])

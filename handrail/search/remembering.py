"""What somebody searched for last, so that it is one key away."""

from datetime import datetime
from uuid import UUID

from handrail.search.models import Asked

#: So many are remembered for each.
KEPT = 8


def remember(words: str, *, whose: UUID, at: datetime) -> None:
    """They searched for this now; what they searched for long ago is forgotten."""
    words = " ".join(words.split())[:200]
    if not words:
        return
    Asked.objects.bulk_create(
        [Asked(whose=whose, words=words, at=at)],
        update_conflicts=True,
        unique_fields=["whose", "words"],
        update_fields=["at"],
    )
    kept = Asked.objects.filter(whose=whose).order_by("-at").values("pk")[:KEPT]
    Asked.objects.filter(whose=whose).exclude(pk__in=kept).delete()


def recent(whose: UUID) -> list[str]:
    """The last searches, the newest first."""
    return list(Asked.objects.filter(whose=whose).order_by("-at").values_list("words", flat=True))


def forget(whose: UUID) -> None:
    """None of them is remembered any more."""
    Asked.objects.filter(whose=whose).delete()

"""Reading the timeline back."""

from collections.abc import Iterable
from uuid import UUID

from handrail.events.facts import Fact, fact_from
from handrail.events.models import FactRow


def facts_about(subject_id: UUID, *, kinds: Iterable[type[Fact]] = ()) -> list[Fact]:
    """The facts about one thing in the order they were written; only of some kinds when given."""
    rows = FactRow.objects.filter(subject_id=subject_id).order_by("id")
    if names := [kind.kind for kind in kinds]:
        rows = rows.filter(kind__in=names)
    return [fact_from(kind, payload) for kind, payload in rows.values_list("kind", "payload")]

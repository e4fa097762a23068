"""Reading the timeline back."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, overload
from uuid import UUID

from django.db.models import QuerySet

from handrail.events.facts import Fact, fact_from
from handrail.events.models import FactRow
from handrail.kit.prepared import Prepared

F = TypeVar("F", bound=Fact)


@overload
def facts_about(subject_id: UUID) -> list[Fact]: ...
@overload
def facts_about(subject_id: UUID, *, kinds: Iterable[type[F]]) -> list[F]: ...
def facts_about(subject_id: UUID, *, kinds: Iterable[type[Fact]] = ()) -> Sequence[Fact]:
    """The facts about one thing in the order they were written; only of some kinds when given."""
    names = [kind.kind for kind in kinds]
    rows = _FACTS.rows(subject=subject_id, names=names, shape=bool(names))
    return [fact_from(kind, payload) for kind, payload in rows]


def numbered_facts_about(subject_id: UUID, *, kinds: Iterable[type[Fact]]) -> list[tuple[int, Fact]]:
    """The same, each with the number under which it is kept."""
    names = [kind.kind for kind in kinds]
    rows = _NUMBERED.rows(subject=subject_id, names=names)
    return [(number, fact_from(kind, payload)) for number, kind, payload in rows]


def _numbered(*, subject: UUID, names: list[str]) -> "QuerySet[FactRow, Any]":
    rows = FactRow.objects.filter(subject_id=subject, kind__in=names).order_by("id")
    return rows.values_list("id", "kind", "payload")


def _facts(*, subject: UUID, names: list[str], shape: bool) -> "QuerySet[FactRow, Any]":
    rows = FactRow.objects.filter(subject_id=subject).order_by("id")
    return (rows.filter(kind__in=names) if shape else rows).values_list("kind", "payload")


_FACTS = Prepared(_facts)
_NUMBERED = Prepared(_numbered)

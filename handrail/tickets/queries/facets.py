"""What rows may show besides the usual, and by what they are grouped; one query whatever their number."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.fields.field import POINTING, Field, Kind
from handrail.fields.models.edition import ONLY, Edition
from handrail.fields.nouns import names
from handrail.fields.showing import in_words
from handrail.team.models import Agent
from handrail.tickets.models import Tagging, Task, Ticket
from handrail.tickets.queries.asking_fields import PREFIX
from handrail.tickets.queries.fields import told_fields
from handrail.tickets.queries.rows import Row
from handrail.tickets.stages import stages

#: The further columns of a row, by their key.
COLUMNS = {
    "number": gettext_lazy("Number"),
    "status": gettext_lazy("Status"),
    "team": gettext_lazy("Team"),
    "brand": gettext_lazy("Brand"),
    "tags": gettext_lazy("Tags"),
    "language": gettext_lazy("Language"),
    "created": gettext_lazy("Opened"),
    "updated": gettext_lazy("Last change"),
    "due": gettext_lazy("Due"),
    "tasks": gettext_lazy("Tasks"),
}
_READ = {
    "number": "number",
    "team": "team__name",
    "brand": "brand__name",
    "language": "language",
    "created": "created_at",
    "updated": "updated_at",
    "due": "due_at",
}


@dataclass(frozen=True, slots=True)
class Facet:
    """One further column of one row. kind: its key; shown: a text, a moment, tags, which tasks are done.

    label: what a custom field is called; shown is its value in words then.
    """

    kind: str
    shown: Any
    label: str = ""


def columns_for(agent: Agent) -> dict[str, str | Promise]:
    """Every further column that this agent may choose: the usual ones, and custom fields."""
    custom = {f"{PREFIX}{key}": each.label for key, each in told_fields(agent).items()}
    return {**COLUMNS, **custom}


def facets_of(rows: Iterable[Row], columns: Sequence[str], *, agent: Agent) -> dict[UUID, list[Facet]]:
    """The further columns of these rows by the ticket's id; no query when none are wanted."""
    custom = _custom_in(columns, agent)
    wanted = [column for column in columns if column in COLUMNS or column in custom]
    ids = [row.id for row in rows]
    if not wanted or not ids:
        return {}
    sources = [_source(column) for column in wanted]
    found = list(_of(ids).values_list("id", _edition(), *sources))
    if not found:
        return {}
    status = _status_words(found[0][1]) if "status" in wanted else str
    words = _Words(custom, [values for _key, _edition, *values in found], wanted, agent, status)
    return {
        key: [words.facet(kind, value) for kind, value in zip(wanted, values, strict=True) if value]
        for key, _edition_then, *values in found
    }


def _of(ids: Sequence[UUID]) -> "QuerySet[Ticket]":
    return Ticket.objects.filter(pk__in=ids).order_by()


def _edition() -> Subquery:
    """Of what is set up, asked for along the way: then statuses cost no query of their own."""
    return Subquery(Edition.objects.filter(pk=ONLY).values("token"))


def _custom_in(columns: Sequence[str], agent: Agent) -> dict[str, Field]:
    """The custom fields among the columns that this agent may know of; nothing is read without one."""
    if not any(column.startswith(PREFIX) for column in columns):
        return {}
    told = told_fields(agent)
    return {
        column: told[key]
        for column in columns
        if column.startswith(PREFIX) and (key := column.removeprefix(PREFIX)) in told
    }


def _source(column: str) -> Any:
    if column.startswith(PREFIX):
        return KeyTransform(column.removeprefix(PREFIX), "fields")
    if column == "status":  # as people read it: the name of an admin's status, or of the category
        return Coalesce(Cast("stage_id", CharField()), "status")
    return _READ.get(column) or _GATHERED[column]()


class _Words:
    """Values in words. What fields point at is named by one query for each noun."""

    def __init__(
        self,
        custom: Mapping[str, Field],
        rows: Sequence[Sequence[Any]],
        wanted: Sequence[str],
        agent: Agent,
        status: Callable[[str], str],
    ) -> None:
        self.custom, self.status = custom, status
        self.names: dict[str, str] = {}
        for place, column in enumerate(wanted):
            field = custom.get(column)
            if field and field.kind in POINTING:
                noun = "colleague" if field.kind == Kind.COLLEAGUE else field.to
                ids = {UUID(str(row[place])) for row in rows if row[place]}
                self.names |= {str(key): name for key, name in names(noun, ids, viewer=agent.user).items()}

    def facet(self, kind: str, value: Any) -> Facet:
        if kind in self.custom:
            field = self.custom[kind]
            return Facet("field", in_words(field, value, self.names), label=field.label)
        return Facet(kind, self.status(value) if kind == "status" else value)


def _status_words(edition: UUID | None) -> Callable[[str], str]:
    """How the id of an admin's status, or a category, is called in what is set up in this edition."""
    every = stages(edition=edition)
    named = {str(each.id): each.words for each in every.all if each.id}
    return lambda stood: named.get(stood) or every.words_of(stood)


def _tags() -> ArraySubquery:
    return ArraySubquery(
        Tagging.objects.filter(ticket=OuterRef("pk")).order_by("tag__name").values("tag__name")
    )


def _tasks() -> ArraySubquery:
    """Of each task whether it is done."""
    tasks = Task.objects.standing().filter(checklist__ticket=OuterRef("pk")).order_by()
    return ArraySubquery(tasks.values(done=Q(done_at__isnull=False)))


#: What is gathered from other rows.
_GATHERED = {"tags": _tags, "tasks": _tasks}


def grouped(rows: Sequence[Row], headings: Mapping[UUID, str]) -> list[tuple[str, list[Row]]]:
    """The rows under their headings, by the ticket's id, in the order in which those first appear."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(headings.get(row.id, ""), []).append(row)
    return list(found.items())


def headings_of(rows: Iterable[Row], grouping: str, *, agent: Agent) -> dict[UUID, str]:
    """Under which heading each row stands; at most one query."""
    rows = list(rows)
    if grouping == "priority":
        return {row.id: str(Ticket.Priority(row.priority).label) for row in rows}
    if grouping == "owner":
        return {row.id: row.owner or _("Nobody") for row in rows}
    if grouping == "team":
        return _read_headings(rows, "team__name", _named_or(_("No team")))
    if grouping == "status":
        return _read_headings(rows, _source("status"), _status_words)
    field = told_fields(agent).get(grouping.removeprefix(PREFIX))
    if field is None:
        return {}
    words = partial(in_words, field)
    return _read_headings(rows, _source(grouping), _named_or(_("Nothing there"), words))


def _read_headings(
    rows: Sequence[Row], source: Any, words_in: Callable[[UUID | None], Callable[[Any], str]]
) -> dict[UUID, str]:
    """words_in: how values are called in what is set up in an edition."""
    found = list(_of([row.id for row in rows]).values_list("id", _edition(), source))
    words = words_in(found[0][1] if found else None)
    return {key: words(value) for key, _edition_then, value in found}


def _named_or(
    otherwise: str, words: Callable[[Any], str] = lambda value: value or ""
) -> Callable[[UUID | None], Callable[[Any], str]]:
    """Words that no edition changes, and what stands for nothing."""
    return lambda _edition_then: lambda value: words(value) or otherwise

"""What rows may show besides the usual, and by what they are grouped; one query whatever their number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.tickets.models import Tagging, Task, Ticket
from handrail.tickets.queries.rows import Row

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
    "status": "status",
    "team": "team__name",
    "brand": "brand__name",
    "language": "language",
    "created": "created_at",
    "updated": "updated_at",
    "due": "due_at",
}


@dataclass(frozen=True, slots=True)
class Facet:
    """One further column of one row. kind: its key; shown: a text, a moment, tags, which tasks are done."""

    kind: str
    shown: Any


def facets_of(rows: Iterable[Row], columns: Sequence[str]) -> dict[UUID, list[Facet]]:
    """The further columns of these rows by the ticket's id; no query when none are wanted."""
    wanted = [column for column in columns if column in COLUMNS]
    ids = [row.id for row in rows]
    if not wanted or not ids:
        return {}
    sources = [_READ.get(column) or _GATHERED[column]() for column in wanted]
    found = Ticket.objects.filter(pk__in=ids).order_by().values_list("id", *sources)
    return {
        key: [Facet(kind, shown) for kind, shown in zip(wanted, values, strict=True) if shown]
        for key, *values in found
    }


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


def grouped(rows: Sequence[Row], grouping: str, teams: dict[UUID, str]) -> list[tuple[str, list[Row]]]:
    """The rows under headings, in the order in which the headings first appear. teams: names by ticket."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(_heading(row, grouping, teams), []).append(row)
    return list(found.items())


def team_names(rows: Iterable[Row]) -> dict[UUID, str]:
    """The name of each row's team by the ticket's id."""
    ids = [row.id for row in rows]
    found = Ticket.objects.filter(pk__in=ids).order_by().values_list("id", "team__name")
    return {key: name or "" for key, name in found}


def _heading(row: Row, grouping: str, teams: dict[UUID, str]) -> str:
    if grouping == "status":
        return str(Ticket.Status(row.status).label)
    if grouping == "priority":
        return str(Ticket.Priority(row.priority).label)
    if grouping == "owner":
        return row.owner or _("Nobody")
    return teams.get(row.id) or _("No team")

"""Saved views as this agent sees them: what they ask now, and how they are shown."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, FilteredRelation, Q, QuerySet

from handrail.kit.prepared import Prepared, columns_of
from handrail.search.language import Malformed, Node, Question, Term, parse
from handrail.team.models import Agent, Team
from handrail.tickets.models import Ticket
from handrail.tickets.models import View as SavedView
from handrail.tickets.queries.asking import Asker, asker_of
from handrail.tickets.queries.built_in import Group, Known, View
from handrail.tickets.queries.sight import anybody
from handrail.tickets.queries.vocabulary import TICKETS
from handrail.tickets.stages import stages

#: So many views of one group stand in the rail; all of them stand on the page of views.
SHOWN = 12
ICONS = {"list": "list-filter", "board": "square-kanban", "calendar": "calendar-days"}
_LIVE_STATES = frozenset({"unread", "unanswered", "live"})


def saved_views(agent: Agent, *, at: datetime) -> list[View]:
    """The saved views of this agent, pinned ones first; one query."""
    asker = asker_of(agent, at=at)
    rows = _KEPT.rows(agent=agent.pk, teams=agent.team_ids)
    return [shown_view(_row_of(columns), asker) for columns in rows]


def _row_of(values: tuple[Any, ...]) -> SavedView:
    """The row of a view, its team, and how this agent keeps it."""
    row = SavedView.from_db(connection.alias, _COLUMNS, values[: len(_COLUMNS)])
    team_name, pinned, columns, sort, *known = values[len(_COLUMNS) :]
    if row.team_id:
        row.team = Team.from_db(connection.alias, ["id", "name"], [row.team_id, team_name])
    row.is_pinned, row.own_columns, row.own_sort = pinned, columns, sort  # type: ignore[attr-defined]
    row.known = Known(*known) if known[-1] else None  # type: ignore[attr-defined]
    return row


def _kept(*, agent: UUID, teams: list[UUID]) -> "QuerySet[Any, Any]":
    rows = SavedView.objects.visible_to(anybody(agent=agent, brands=[], teams=teams, width=()))
    kept = FilteredRelation("arrangements", condition=Q(arrangements__agent=agent))
    known = FilteredRelation("known_counts", condition=Q(known_counts__agent=agent))
    in_order = rows.annotate(kept=kept, known=known).order_by(
        F("kept__pinned").desc(nulls_last=True), F("kept__position").asc(nulls_first=True), "name", "id"
    )
    own = ("kept__pinned", "kept__columns", "kept__sort")
    counted = ("known__number", "known__eyes", "known__took", "known__at")
    return in_order.values_list(*_COLUMNS, "team__name", *own, *counted)


_COLUMNS = columns_of(SavedView)
_KEPT = Prepared(_kept)


def shown_view(row: Any, asker: Asker) -> View:
    """A saved view as a view like any other. One that cannot be understood any more finds nothing."""
    sort = row.sort if getattr(row, "own_sort", None) is None else row.own_sort
    columns = row.columns if getattr(row, "own_columns", None) is None else row.own_columns
    wrong: Malformed | None = None
    try:
        question = parse(f"{row.text} sort:{sort}" if sort else row.text)
        condition = TICKETS.condition(question, asker)
    except Malformed as each:
        question, condition, wrong = Question(), Q(pk__in=[]), each
    return View(
        key=row.key,
        name=row.name,
        icon=ICONS[row.shape],
        kind="saved",
        counted=is_about_live_ones(question) and wrong is None,
        text=row.text,
        condition=condition,
        sort=question.sort,
        shape=row.shape,
        grouping=row.grouping,
        dated_by=row.dated_by,
        columns=tuple(columns),
        saved=row,
        known=getattr(row, "known", None),
        pinned=bool(getattr(row, "is_pinned", False)),
        wrong=wrong,
    )


def with_saved(groups: Iterable[Group], views: Iterable[View]) -> list[Group]:
    """The groups of the rail with the saved views where they belong; pinned ones with one's own."""
    views = list(views)
    return [replace(group, views=(*group.views, *_of(group, views)[:SHOWN])) for group in groups]


def is_about_live_ones(question: Question) -> bool:
    """Whether only tickets that are still work can belong to it: then counting reads nothing else."""
    return any(_is_live(part) for part in question.conjuncts)


def _is_live(part: Node) -> bool:
    if not isinstance(part, Term):
        return False
    if part.name == "waiting":  # nobody waits on a ticket that is done: a constraint of the database
        return True
    words = {value.text.lower() for value in part.values}
    if part.name == "status":
        return all(_is_live_status(word) for word in words)
    return part.name == "is" and words <= _LIVE_STATES


def _is_live_status(word: str) -> bool:
    if word == "live" or word in Ticket.Status.values:
        return word not in Ticket.DONE
    stage = stages().by_key(word)
    return stage is not None and not stage.is_done


def _of(group: Group, views: list[View]) -> list[View]:
    if group.kind == "mine":
        return [view for view in views if view.pinned or (view.saved and view.saved.audience == "person")]
    left = [view for view in views if view.saved and not view.pinned]
    if group.kind == "team":
        return [view for view in left if view.saved and view.saved.team_id == group.team_id]
    return [view for view in left if view.saved and view.saved.audience == "everyone"]
